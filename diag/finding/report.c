/* The answer's container, and the names of its enums in reports. */

#include "finding/report.h"

#include "base/alloc.h"

#include <stdlib.h>

struct report *report_new(void)
{
    static const char *const none[] = { NULL };
    struct report *report = ALLOC(struct report);

    report->arena = arena_new();
    report->exit_reason = "nothing";
    report->root_causes = none;
    report->before = none;
    report->sentence = "";
    return report;
}

void report_free(struct report *report)
{
    if (!report) {
        return;
    }
    arena_free(report->arena);
    free(report);
}

void report_set_blind_spots(struct report *report, const struct notes *notes)
{
    size_t n = notes_count(notes);
    struct note *copies = ARENA_ARRAY(report->arena, struct note, n);

    for (size_t i = 0; i < n; i++) {
        copies[i] = *notes_get(notes, i);
        copies[i].where = arena_copy(report->arena, copies[i].where);
        copies[i].detail = arena_copy(report->arena, copies[i].detail);
    }
    report->blind_spots = copies;
    report->n_blind_spots = n;
}

/* Does it mean that a part of the input is missing? */
static bool is_missing_part(const struct note *note)
{
    return note->kind == NOTE_UNREADABLE || note->kind == NOTE_TRUNCATED ||
           note->kind == NOTE_NOT_READ || note->kind == NOTE_NOT_APPLIED;
}

static bool misses_part(const struct report *report)
{
    for (size_t i = 0; i < report->n_blind_spots; i++) {
        if (is_missing_part(&report->blind_spots[i])) {
            return true;
        }
    }
    return false;
}

struct input_counts {
    size_t n_bad, n_unusable; /* unusable: bad, empty, or text that is not a log */
    bool left_out;
};

static struct input_counts count_inputs(const struct report *report)
{
    struct input_counts counts = { 0 };

    for (size_t i = 0; i < report->n_inputs; i++) {
        const struct report_input *input = &report->inputs[i];

        counts.n_bad += input->error && !input->empty && !input->left_out;
        counts.n_unusable += (input->error && !input->left_out) || input->no_log;
        counts.left_out |= input->left_out;
    }
    return counts;
}

static bool finds_anything(const struct report *report)
{
    for (size_t i = 0; i < report->n_nodes; i++) {
        if (report->nodes[i].n_findings > 0) {
            return true;
        }
    }
    return false;
}

void report_judge_inputs(struct report *report)
{
    struct input_counts counts = count_inputs(report);

    if (report->exit != EXIT_NOTHING) {
        return;
    }
    if (counts.n_unusable > 0 && counts.n_unusable == report->n_inputs &&
        (counts.n_bad == report->n_inputs || !finds_anything(report))) {
        report->exit = EXIT_INPUT;
        report->exit_reason = "input";
    } else if (counts.n_bad > 0 || counts.left_out || misses_part(report)) {
        report->exit = EXIT_PARTIAL;
        report->exit_reason = "partial";
    }
}

bool finding_is_named(const struct finding *finding)
{
    return finding->role == FINDING_ROOT && finding->severity >= RULE_ERROR &&
           !finding->rule->symptom && finding_status_is_current(finding->status);
}

bool node_unit_is_off(const struct node_unit *unit)
{
    return unit->expected &&
           ((unit->state == UNIT_STOPPED && !unit->with_node) ||
            unit->state == UNIT_NEVER_STARTED || (unit->listed && unit->state != UNIT_RUNNING));
}

static bool node_has_ongoing_root(const struct node *node)
{
    for (size_t i = 0; i < node->n_findings; i++) {
        if (finding_is_named(&node->findings[i]) && node->findings[i].status == STATUS_ONGOING) {
            return true;
        }
    }
    return false;
}

bool report_leads_with_unit(const struct report *report)
{
    bool off = false;

    for (size_t i = 0; i < report->n_nodes; i++) {
        if (node_has_ongoing_root(&report->nodes[i])) {
            return false;
        }
        for (size_t k = 0; k < report->nodes[i].n_units; k++) {
            off |= node_unit_is_off(&report->nodes[i].units[k]);
        }
    }
    return off && report->exit != EXIT_INCONCLUSIVE;
}

const char *const unit_state_words[] = {
    [UNIT_RUNNING] = "running",
    [UNIT_DEAD] = "dead",
    [UNIT_LOOPING] = "looping",
    [UNIT_STOPPED] = "stopped",
    [UNIT_NEVER_STARTED] = "never-started",
    [UNIT_NOT_IN_INPUT] = "not-in-this-input",
    NULL,
};

DEFINE_WORDS(unit_state)

const char *const finding_role_words[] = {
    [FINDING_ROOT] = "root",
    [FINDING_CONSEQUENCE] = "consequence",
    [FINDING_CONTRIBUTING] = "contributing",
    NULL,
};

DEFINE_WORDS(finding_role)
const struct finding_fact *finding_fact_find(const struct finding_fact *facts, size_t n,
                                             struct span name)
{
    for (size_t i = 0; i < n; i++) {
        if (span_equal(facts[i].name, name)) {
            return &facts[i];
        }
    }
    return NULL;
}

bool report_inputs_range(const struct report_input *entries, size_t n, int64_t *first,
                         int64_t *last)
{
    bool known = false;

    for (size_t i = 0; i < n; i++) {
        const struct report_input *entry = &entries[i];

        if (entry->first.time_us == TIME_UNKNOWN || entry->last.time_us == TIME_UNKNOWN ||
            !entry->first.year_known || entry->first.year_guessed) {
            continue;
        }
        *first = known && *first < entry->first.time_us ? *first : entry->first.time_us;
        *last = known && *last > entry->last.time_us ? *last : entry->last.time_us;
        known = true;
    }
    return known;
}

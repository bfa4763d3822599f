/* In how many runs of its unit a finding was seen. */

#include "reason/run_counts.h"

#include <inttypes.h>
#include <stdlib.h>

static uint32_t unit_of(const struct reasoning *it, const struct candidate *candidate)
{
    for (size_t i = candidate->events.n; i > 0; i--) {
        const struct event *event = reason_event(it, candidate->events.items[i - 1]);

        if (event->run != NO_RUN) {
            return event->unit;
        }
    }
    return NO_UNIT;
}

/* A run that has not ended shows nothing about what ends it. */
static bool is_counted(const struct run *run, uint32_t node, uint32_t unit)
{
    return run->node == node && run->unit == unit && run->ended;
}

static void mark_runs(const struct reasoning *it, const struct candidate *candidate, bool *marks)
{
    for (size_t i = 0; i < candidate->events.n; i++) {
        const struct event *event = reason_event(it, candidate->events.items[i]);

        if (event->run != NO_RUN) {
            marks[event->run] = true;
        }
    }
}

/* What ended the run instead: the title of another root that was seen in it. */
static const char *other_cause(const struct reasoning *it, const struct candidate *candidate,
                               uint32_t run)
{
    for (size_t i = 0; i < it->candidates.n; i++) {
        const struct candidate *other = &it->candidates.items[i];

        if (other == candidate || other->suppressed || other->rule->symptom || other->causes.n ||
            other->rule->severity < RULE_ERROR) {
            continue;
        }
        for (size_t k = 0; k < other->events.n; k++) {
            if (reason_event(it, other->events.items[k])->run == run) {
                return other->rule->title;
            }
        }
    }
    return NULL;
}

static const char *runs_sentence(const struct reasoning *it, const struct candidate *candidate,
                                 const bool *marks, uint32_t unit)
{
    const struct finding *finding = &candidate->finding;
    const char *cause;
    uint32_t number = 0;

    if (finding->runs_all < 2 || finding->runs == 0 || candidate->rule->symptom) {
        return NULL;
    }
    if (finding->runs == finding->runs_all) {
        return arena_printf(it->report->arena, "%" PRIu64 " runs ended, all with this cause",
                            finding->runs_all);
    }
    for (uint32_t i = 0; i < it->runs->n; i++) {
        if (!is_counted(&it->runs->items[i], candidate->node, unit)) {
            continue;
        }
        number++;
        if (marks[i]) {
            continue;
        }
        cause = other_cause(it, candidate, i);
        return arena_printf(
            it->report->arena,
            "%" PRIu64 " runs ended, %" PRIu64 " with this cause; the first exception "
            "is run %" PRIu32 ": %s",
            finding->runs_all, finding->runs, number, cause ? cause : "no rule explains it");
    }
    return NULL;
}

void reason_count_runs(struct reasoning *it, struct candidate *candidate)
{
    uint32_t unit = unit_of(it, candidate);
    bool *marks;

    if (unit == NO_UNIT) {
        return;
    }
    marks = alloc_zeroed(it->runs->n, sizeof(*marks));
    mark_runs(it, candidate, marks);
    for (size_t i = 0; i < it->runs->n; i++) {
        if (!is_counted(&it->runs->items[i], candidate->node, unit)) {
            continue;
        }
        candidate->finding.runs_all++;
        candidate->finding.runs += marks[i];
    }
    candidate->finding.runs_sentence = runs_sentence(it, candidate, marks, unit);
    free(marks);
}

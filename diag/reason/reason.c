/* Signals and state become findings. */

#include "reason/reason.h"

#include "base/map.h"
#include "reason/draft.h"

#include <stdlib.h>

/* Does the finding count for the exit code? */
static bool counts(const struct finding *finding, enum rule_severity fail_on)
{
    return finding->rule->severity >= fail_on && finding->role != FINDING_CONSEQUENCE &&
           finding->status != STATUS_EARLIER_BOOT;
}

/* Calls `visit` for each finding of the report. */
static void each_finding(const struct report *report,
                         void (*visit)(void *data, const struct finding *finding), void *data)
{
    for (size_t i = 0; i < report->n_nodes; i++) {
        for (size_t k = 0; k < report->nodes[i].n_findings; k++) {
            visit(data, &report->nodes[i].findings[k]);
        }
    }
}

struct roots {
    struct map *ids;
    enum rule_severity at_least;
    bool symptoms;
};

static void add_root(void *data, const struct finding *finding)
{
    struct roots *roots = data;

    if (finding->role == FINDING_ROOT && finding->rule->severity >= RULE_ERROR &&
        finding->rule->symptom == roots->symptoms && finding->status != STATUS_EARLIER_BOOT) {
        *map_at(roots->ids, span_of(finding->rule->id)) = (void *)(uintptr_t)finding->rule;
    }
}

/* Over all nodes, causes before symptoms; within a node they stand best first. */
static void fill_roots(struct report *report)
{
    CLEANUP(map_free_at) struct map *ids = map_new();
    struct roots roots = { .ids = ids };
    const char **result;

    each_finding(report, add_root, &roots);
    roots.symptoms = true;
    each_finding(report, add_root, &roots);
    result = ARENA_ARRAY(report->arena, const char *, map_size(ids) + 1);
    for (size_t i = 0; i < map_size(ids); i++) {
        result[i] = ((const struct rule *)map_value(ids, i))->id;
    }
    report->root_causes = result;
}

/* A unit that died, and nothing tells why. */
struct deaths {
    VEC(struct unexplained) items;
};

/* The fact of that name that was told last. */
static struct span text_of(const struct reasoning *it, const struct draft *draft, struct span name)
{
    for (size_t i = draft->events.n; i > 0; i--) {
        const struct signal *signal = reason_event(it, draft->events.items[i - 1])->signal;
        const struct fact *fact = signal_fact(signal, name);

        if (fact && !span_empty(fact->text)) {
            return fact->text;
        }
    }
    return (struct span){ 0 };
}

/* Told by the symptom, or by what followed of it: a crash does not name its unit, systemd does. */
static struct span text_of_any(const struct reasoning *it, const struct draft *draft,
                               struct span name)
{
    struct span text = text_of(it, draft, name);

    for (size_t i = 0; span_empty(text) && i < draft->effects.n; i++) {
        text = text_of(it, &it->drafts.items[draft->effects.items[i]], name);
    }
    return text;
}

/* The unit in which the process itself speaks. */
static struct span own_unit(const struct reasoning *it, const struct draft *draft)
{
    for (size_t i = 0; i < draft->events.n; i++) {
        const struct signal *signal = reason_event(it, draft->events.items[i])->signal;

        if ((signal->streams & signal->life_streams) && !span_empty(signal->unit)) {
            return signal->unit;
        }
    }
    return (struct span){ 0 };
}

/* Nothing explains it, or nothing more than a mere possibility. What another symptom explains is
 * told there. */
static bool is_unexplained(const struct reasoning *it, const struct draft *draft)
{
    bool possible = false;

    if (draft->silenced || !draft->rule->symptom || draft->finding.status == STATUS_EARLIER_BOOT) {
        return false;
    }
    for (size_t i = 0; i < draft->causes.n; i++) {
        const struct draft *cause = &it->drafts.items[draft->causes.items[i]];

        if (!cause->rule->symptom && cause->confidence > CONFIDENCE_POSSIBLE) {
            return false;
        }
        possible |= !cause->rule->symptom;
    }
    return draft->causes.n == 0 || possible;
}

static struct unexplained death_of(const struct reasoning *it, const struct draft *draft)
{
    const struct event *last = reason_event(it, draft->events.items[draft->events.n - 1]);
    struct unexplained death = {
        .host = it->timeline.hosts[draft->node],
        .unit = text_of_any(it, draft, SPAN("unit")),
        .title = draft->finding.title,
        .streams = last->signal->life_streams,
        .exit_status = text_of_any(it, draft, SPAN("status")),
    };

    if (span_empty(death.unit)) {
        death.unit = own_unit(it, draft);
    }
    return death;
}

static bool is_same_death(const struct unexplained *a, const struct unexplained *b)
{
    if (!span_equal(a->host, b->host)) {
        return false;
    }
    return span_empty(a->unit) || span_empty(b->unit) ? a->streams == b->streams
                                                      : span_equal(a->unit, b->unit);
}

/* Several symptoms may tell of one death. */
static void add_death(struct deaths *deaths, const struct unexplained *death)
{
    for (size_t i = 0; i < deaths->items.n; i++) {
        struct unexplained *known = &deaths->items.items[i];

        if (!is_same_death(known, death)) {
            continue;
        }
        if (span_empty(known->exit_status)) {
            known->exit_status = death->exit_status;
        }
        if (span_empty(known->unit)) {
            known->unit = death->unit;
        }
        return;
    }
    vec_push(&deaths->items, *death);
}

static void fill_unexplained(const struct reasoning *it)
{
    struct arena *arena = it->report->arena;
    struct deaths deaths = { 0 };
    struct unexplained *items;

    for (size_t i = 0; i < it->drafts.n; i++) {
        const struct draft *draft = &it->drafts.items[i];

        if (is_unexplained(it, draft) && draft->events.n > 0) {
            struct unexplained death = death_of(it, draft);

            add_death(&deaths, &death);
        }
    }
    items = ARENA_ARRAY(arena, struct unexplained, deaths.items.n);
    for (size_t i = 0; i < deaths.items.n; i++) {
        items[i] = deaths.items.items[i];
        items[i].host = arena_copy(arena, items[i].host);
        items[i].unit = arena_copy(arena, items[i].unit);
        items[i].exit_status = arena_copy(arena, items[i].exit_status);
    }
    it->report->unexplained = items;
    it->report->n_unexplained = deaths.items.n;
    vec_free(&deaths.items);
}

struct tally {
    enum rule_severity fail_on;
    uint64_t causes, symptoms;
};

static void count_finding(void *data, const struct finding *finding)
{
    struct tally *tally = data;

    if (!counts(finding, tally->fail_on)) {
        return;
    }
    if (finding->rule->symptom) {
        tally->symptoms++;
    } else {
        tally->causes++;
    }
}

static void fill_exit(struct report *report, enum rule_severity fail_on)
{
    struct tally tally = { .fail_on = fail_on };

    each_finding(report, count_finding, &tally);
    report->exit = tally.causes ? EXIT_FINDINGS : tally.symptoms ? EXIT_INCONCLUSIVE : EXIT_NOTHING;
    report->exit_reason = tally.causes ? "findings" : tally.symptoms ? "inconclusive" : "nothing";
}

static void done(struct reasoning *it)
{
    for (size_t i = 0; i < it->drafts.n; i++) {
        struct draft *draft = &it->drafts.items[i];

        vec_free(&draft->events);
        vec_free(&draft->context);
        vec_free(&draft->reasons);
        vec_free(&draft->causes);
        vec_free(&draft->effects);
    }
    vec_free(&it->drafts);
    timeline_done(&it->timeline);
}

void reason(const struct rules *rules, const struct store *store, const struct states *states,
            struct notes *notes, enum rule_severity fail_on, struct report *report)
{
    struct reasoning it = {
        .rules = rules,
        .store = store,
        .states = states,
        .notes = notes,
        .report = report,
    };

    timeline_init(&it.timeline, rules, store, notes);
    reason_find_drafts(&it);
    reason_suppress(&it);
    reason_link(&it);
    reason_describe(&it);
    reason_assign_roles(&it);
    reason_fill_nodes(&it);
    fill_roots(report);
    fill_unexplained(&it);
    fill_exit(report, fail_on);
    done(&it);
}

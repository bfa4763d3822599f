/* Signals and state become findings. */

#include "reason/reason.h"

#include "base/map.h"
#include "reason/draft.h"

#include <stdlib.h>

static const struct finding_fact *fact_of(const struct finding *finding, const char *name)
{
    for (size_t i = 0; i < finding->n_facts; i++)
        if (span_is(finding->facts[i].name, name) && finding->facts[i].n_values)
            return &finding->facts[i];
    return NULL;
}

static struct span text_of(const struct finding *finding, const char *name)
{
    const struct finding_fact *fact = fact_of(finding, name);

    return fact ? fact->values[fact->n_values - 1].text : (struct span){ 0 };
}

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
    for (size_t i = 0; i < report->n_nodes; i++)
        for (size_t k = 0; k < report->nodes[i].n_findings; k++)
            visit(data, &report->nodes[i].findings[k]);
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
        finding->rule->symptom == roots->symptoms && finding->status != STATUS_EARLIER_BOOT)
        *map_at(roots->ids, span_of(finding->rule->id)) = (void *)(uintptr_t)finding->rule;
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
    for (size_t i = 0; i < map_size(ids); i++)
        result[i] = ((const struct rule *)map_value(ids, i))->id;
    report->root_causes = result;
}

/* A unit that died, and nothing tells why. */
struct deaths {
    VEC(struct unexplained) items;
};

static void add_death(void *data, const struct finding *finding)
{
    struct deaths *deaths = data;
    struct span unit = text_of(finding, "unit");

    if (!finding->rule->symptom || finding->role == FINDING_CONSEQUENCE)
        return;
    for (size_t i = 0; i < deaths->items.n; i++)
        if (span_equal(deaths->items.items[i].unit, unit)) {
            if (span_empty(deaths->items.items[i].exit_status))
                deaths->items.items[i].exit_status = text_of(finding, "status");
            return;
        }
    vec_push(&deaths->items,
             (struct unexplained){ .unit = unit, .exit_status = text_of(finding, "status") });
}

static void fill_unexplained(struct report *report)
{
    struct deaths deaths = { 0 };
    struct unexplained *items;

    each_finding(report, add_death, &deaths);
    items = ARENA_ARRAY(report->arena, struct unexplained, deaths.items.n);
    if (deaths.items.n)
        memcpy(items, deaths.items.items, deaths.items.n * sizeof(*items));
    report->unexplained = items;
    report->n_unexplained = deaths.items.n;
    vec_free(&deaths.items);
}

struct tally {
    enum rule_severity fail_on;
    uint64_t causes, symptoms;
};

static void count_finding(void *data, const struct finding *finding)
{
    struct tally *tally = data;

    if (!counts(finding, tally->fail_on))
        return;
    if (finding->rule->symptom)
        tally->symptoms++;
    else
        tally->causes++;
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
            const struct notes *notes, enum rule_severity fail_on, struct report *report)
{
    struct reasoning it = {
        .rules = rules,
        .store = store,
        .states = states,
        .notes = notes,
        .report = report,
    };

    timeline_init(&it.timeline, rules, store);
    reason_find_drafts(&it);
    reason_suppress(&it);
    reason_link(&it);
    reason_describe(&it);
    reason_fill_nodes(&it);
    fill_roots(report);
    fill_unexplained(report);
    fill_exit(report, fail_on);
    done(&it);
}

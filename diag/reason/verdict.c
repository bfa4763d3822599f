/* The verdict over all findings: the root causes and the exit code. */

#include "reason/verdict.h"

#include "base/map.h"

/* Does the finding count for the exit code? */
static bool is_counted(const struct finding *finding, enum rule_severity fail_on)
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

/* Over all nodes, causes before symptoms; within a node they are best first already. */
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

struct finding_counts {
    enum rule_severity fail_on;
    uint64_t causes, symptoms;
};

static void count_finding(void *data, const struct finding *finding)
{
    struct finding_counts *counts = data;

    if (!is_counted(finding, counts->fail_on)) {
        return;
    }
    if (finding->rule->symptom) {
        counts->symptoms++;
    } else {
        counts->causes++;
    }
}

static void fill_exit(struct report *report, enum rule_severity fail_on)
{
    struct finding_counts counts = { .fail_on = fail_on };

    each_finding(report, count_finding, &counts);
    report->exit = counts.causes     ? EXIT_FINDINGS
                   : counts.symptoms ? EXIT_INCONCLUSIVE
                                     : EXIT_NOTHING;
    report->exit_reason = counts.causes ? "findings" : counts.symptoms ? "inconclusive" : "nothing";
}

void reason_fill_verdict(struct report *report, enum rule_severity fail_on)
{
    fill_roots(report);
    fill_exit(report, fail_on);
}

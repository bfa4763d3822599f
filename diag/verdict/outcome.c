/* The verdict over all findings: the roots by name, and the exit code. */

#include "verdict/outcome.h"

#include "base/map.h"

/* --- roots by name --- */

static bool is_root(const struct finding *finding)
{
    return finding->role == FINDING_ROOT && finding->severity >= RULE_ERROR;
}

static void add_roots(const struct report *report, bool current, bool symptoms, struct map *ids)
{
    for (size_t i = 0; i < report->n_nodes; i++) {
        for (size_t k = 0; k < report->nodes[i].n_findings; k++) {
            const struct finding *finding = &report->nodes[i].findings[k];

            if (is_root(finding) && finding->rule->symptom == symptoms &&
                finding_status_is_current(finding->status) == current) {
                *map_at(ids, span_of(finding->rule->id)) = (void *)(uintptr_t)finding->rule;
            }
        }
    }
}

/* Over all nodes, causes before symptoms; within a node they are best first already. */
static const char *const *list_roots(const struct report *report, bool current)
{
    CLEANUP(map_free_at) struct map *ids = map_new();
    const char **list;

    add_roots(report, current, /* symptoms= */ false, ids);
    add_roots(report, current, /* symptoms= */ true, ids);
    list = ARENA_ARRAY(report->arena, const char *, map_size(ids) + 1);
    for (size_t i = 0; i < map_size(ids); i++) {
        list[i] = ((const struct rule *)map_value(ids, i))->id;
    }
    return list;
}

/* --- the exit code --- */

struct counts {
    size_t ongoing, happened, symptoms;
    size_t units_off; /* which do not run though they did not fail */
};

static void count_finding(struct counts *counts, const struct finding *finding)
{
    if (finding->rule->symptom) {
        counts->symptoms++;
    } else if (finding->status == STATUS_ONGOING) {
        counts->ongoing++;
    } else {
        counts->happened++;
    }
}

/* As bad as an error. */
static size_t count_units_off(const struct node *node, enum rule_severity fail_on)
{
    size_t n = 0;

    for (size_t i = 0; fail_on <= RULE_ERROR && i < node->n_units; i++) {
        n += node_unit_is_off(&node->units[i]);
    }
    return n;
}

static struct counts count_findings(const struct report *report, enum rule_severity fail_on)
{
    struct counts counts = { 0 };

    for (size_t i = 0; i < report->n_nodes; i++) {
        counts.units_off += count_units_off(&report->nodes[i], fail_on);
        for (size_t k = 0; k < report->nodes[i].n_findings; k++) {
            const struct finding *finding = &report->nodes[i].findings[k];

            if (finding->severity >= fail_on && finding->role == FINDING_ROOT &&
                !finding->unattributed && finding_status_is_current(finding->status)) {
                count_finding(&counts, finding);
            }
        }
    }
    return counts;
}

static bool has_unknown_death(const struct report *report)
{
    for (size_t i = 0; i < report->n_unexplained; i++) {
        if (report->unexplained[i].is_last_death) {
            return true;
        }
    }
    return false;
}

/* An unknown last death comes before what merely happened: that explains something else. */
static enum exit_code exit_of(const struct report *report, const struct counts *counts)
{
    if (counts->ongoing) {
        return EXIT_FINDINGS;
    }
    if (counts->symptoms && has_unknown_death(report)) {
        return EXIT_INCONCLUSIVE;
    }
    return counts->happened || counts->units_off ? EXIT_FINDINGS
           : counts->symptoms                    ? EXIT_INCONCLUSIVE
                                                 : EXIT_NOTHING;
}

void outcome_fill(struct report *report, enum rule_severity fail_on)
{
    struct counts counts = count_findings(report, fail_on);

    report->root_causes = list_roots(report, /* current= */ true);
    report->before = list_roots(report, /* current= */ false);
    report->exit = exit_of(report, &counts);
    report->exit_reason = report->exit == EXIT_FINDINGS       ? "findings"
                          : report->exit == EXIT_INCONCLUSIVE ? "inconclusive"
                                                              : "nothing";
}

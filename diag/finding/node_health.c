#include "finding/node_health.h"

#include "base/words.h"

const char *const node_health_words[] = {
    [NODE_FAILED] = "failed",
    [NODE_WARNED] = "warned",
    [NODE_HEALTHY] = "healthy",
    [NODE_UNKNOWN] = "unknown",
    NULL,
};

DEFINE_WORDS(node_health)

static bool has_root(const struct node *node, enum rule_severity severity)
{
    for (size_t i = 0; i < node->n_findings; i++) {
        const struct finding *finding = &node->findings[i];

        if (finding->role == FINDING_ROOT && finding->severity >= severity &&
            finding_status_is_current(finding->status)) {
            return true;
        }
    }
    return false;
}

static bool has_unknown_death(const struct report *report, const struct node *node)
{
    for (size_t i = 0; i < report->n_unexplained; i++) {
        if (report->unexplained[i].is_last_death &&
            span_equal(report->unexplained[i].host, node->host)) {
            return true;
        }
    }
    return false;
}

static bool has_needed_unit(const struct node *node, bool running)
{
    for (size_t i = 0; i < node->n_units; i++) {
        const struct node_unit *unit = &node->units[i];
        bool down = unit->state == UNIT_DEAD || unit->state == UNIT_LOOPING;

        if (unit->expected &&
            (running ? unit->state == UNIT_RUNNING : down || node_unit_is_off(unit))) {
            return true;
        }
    }
    return false;
}

/* Something of the node works: it logged that its kubelet is up, or the cluster heard of it. */
static bool says_that_it_works(const struct node *node)
{
    for (size_t i = 0; i < node->n_findings; i++) {
        const struct finding *finding = &node->findings[i];

        for (size_t k = 0; finding->status == STATUS_ONGOING && k < finding->rule->n_signals; k++) {
            if (finding->rule->signals[k].run == RUN_UP) {
                return true;
            }
        }
    }
    return false;
}

enum node_health node_health_of(const struct report *report, const struct node *node)
{
    if (has_root(node, RULE_ERROR) || has_unknown_death(report, node) ||
        has_needed_unit(node, /* running= */ false)) {
        return NODE_FAILED;
    }
    if (has_root(node, RULE_WARNING)) {
        return NODE_WARNED;
    }
    return has_needed_unit(node, /* running= */ true) || says_that_it_works(node) ? NODE_HEALTHY
                                                                                  : NODE_UNKNOWN;
}

bool report_rests_on_silence(const struct report *report)
{
    for (size_t i = 0; i < report->n_nodes; i++) {
        enum node_health health = node_health_of(report, &report->nodes[i]);

        if (health == NODE_UNKNOWN || (health == NODE_FAILED && report->exit != EXIT_FINDINGS)) {
            return true;
        }
    }
    return report->n_nodes == 0;
}

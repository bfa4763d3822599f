/* Look-ups in rules. */

#include "rule/rule.h"

const char *rule_severity_name(enum rule_severity severity)
{
    static const char *const names[] = {
        [RULE_INFO] = "info",
        [RULE_WARNING] = "warning",
        [RULE_ERROR] = "error",
        [RULE_CRITICAL] = "critical",
    };

    return names[severity];
}

static int compare(struct span a, struct span b)
{
    size_t n = a.size < b.size ? a.size : b.size;
    int order = n ? memcmp(a.data, b.data, n) : 0;

    if (order) {
        return order;
    }
    return (a.size > b.size) - (a.size < b.size);
}

int64_t rules_find(const struct rules *rules, struct span id)
{
    size_t low = 0, high = rules->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(id, span_of(rules->items[middle].id));

        if (order == 0) {
            return (int64_t)middle;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return -1;
}

const struct fact_declaration *rule_fact(const struct rule *rule, struct span name)
{
    for (size_t i = 0; i < rule->n_facts; i++) {
        if (span_equal(rule->facts[i].name, name)) {
            return &rule->facts[i];
        }
    }
    return NULL;
}

int64_t rule_signal(const struct rule *rule, struct span name)
{
    for (size_t i = 0; i < rule->n_signals; i++) {
        if (span_equal(rule->signals[i].name, name)) {
            return (int64_t)i;
        }
    }
    return -1;
}

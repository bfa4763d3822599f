/* The words of the rule language, and look-ups in rules. */

#include "rule/rule.h"

const char *const rule_severity_words[] = {
    [RULE_INFO] = "info",
    [RULE_WARNING] = "warning",
    [RULE_ERROR] = "error",
    [RULE_CRITICAL] = "critical",
    NULL,
};

DEFINE_WORDS(rule_severity)

const char *const signal_role_words[] = {
    [ROLE_PROOF] = "proof",
    [ROLE_SIGN] = "sign",
    [ROLE_CONTEXT] = "context",
    [ROLE_AGAINST] = "against",
    NULL,
};

DEFINE_WORDS(signal_role)

const char *const remedy_kind_words[] = {
    [REMEDY_NOW] = "now",         [REMEDY_PERSIST] = "persist", [REMEDY_INSTEAD] = "instead",
    [REMEDY_INSPECT] = "inspect", [REMEDY_VERIFY] = "verify",   NULL,
};

DEFINE_WORDS(remedy_kind)

const char *const same_words[] = { "host", "boot", "unit", "run", "pid", NULL };

const char *const run_mark_words[] = {
    [RUN_GOES_ON] = "goes-on",
    [RUN_BEGINS] = "begins",
    [RUN_ENDS] = "ends",
    [RUN_UP] = "up",
    [RUN_STOPS] = "stops",
    [RUN_ASKS] = "asks",
    NULL,
};

const char *const rule_lasting_words[] = {
    [LASTS_WHILE_SEEN] = "while-seen",
    [LASTS_MOMENT] = "moment",
    [LASTS_UNTIL_LIFTED] = "until-lifted",
    [LASTS_BOOT] = "boot",
    NULL,
};

const char *const blind_spot_words[] = {
    [BLIND_SPOT_NONE] = "none",
    [BLIND_SPOT_SUPPRESSED] = "suppressed",
    [BLIND_SPOT_MISSED] = "missed",
    NULL,
};

bool comparison_by_pattern(enum comparison comparison)
{
    return comparison == IS_MATCHING || comparison == IS_UNIT_OF || comparison == IS_NOT_UNIT_OF;
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

int64_t rule_state(const struct rule *rule, struct span name)
{
    for (size_t i = 0; i < rule->n_states; i++) {
        if (span_equal(rule->states[i].name, name)) {
            return (int64_t)i;
        }
    }
    return -1;
}

/* How long what a rule reports lasts: what the engine would judge wrongly.
 *
 *   lasts: until-lifted     without `recovered_by:` nothing lifts it: it is ongoing for ever
 *   lasts: moment           has no end: `recovered_by:` is never asked
 *   (none)                  the kernel logs once and continues to log other things: its silence would be
 *                           a recovery */

#include "workbench/lint_lasts.h"

#include "entry/streams.h"

static bool is_only_of(const struct rule *rule, uint64_t stream)
{
    size_t n = 0;

    for (size_t i = 0; i < rule->n_signals; i++) {
        const struct signal_rule *signal = &rule->signals[i];

        if (signal->role == ROLE_CONTEXT || signal->role == ROLE_AGAINST) {
            continue;
        }
        if (signal->streams != stream) {
            return false;
        }
        n++;
    }
    return n > 0;
}

void lint_lasts(struct lint_list *list, const struct rule *rule, const struct streams *streams)
{
    const struct yaml *lasts = yaml_get(rule->tree, "lasts");
    const struct yaml *recovered_by = yaml_get(rule->tree, "recovered_by");
    int kernel = streams_find(streams, SPAN("kernel"));

    if (rule->lasts == LASTS_UNTIL_LIFTED && rule->n_recovered_by == 0) {
        lint_add(list, "never-lifted", rule, lasts,
                 "lasts: until-lifted requires recovered_by; nothing else lifts it");
    }
    if (rule->lasts == LASTS_MOMENT && rule->n_recovered_by > 0) {
        lint_add(list, "moment-recovers", rule, recovered_by ? recovered_by : lasts,
                 "a moment has no end; remove recovered_by, or lasts: moment");
    }
    if (!lasts && !rule->symptom && rule->severity >= RULE_ERROR && kernel >= 0 &&
        is_only_of(rule, UINT64_C(1) << kernel)) {
        lint_add(list, "lasts-missing", rule, rule->tree,
                 "only the kernel logs it, once or seldom: say how long it lasts");
    }
}

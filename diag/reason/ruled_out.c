/* What a finding rules out. */

#include "reason/ruled_out.h"

#include "reason/texts.h"

static bool is_found(const struct reasoning *it, uint32_t rule, uint32_t node)
{
    for (size_t i = 0; i < it->candidates.n; i++) {
        const struct candidate *candidate = &it->candidates.items[i];

        if (candidate->rule_index == rule && candidate->node == node && !candidate->suppressed) {
            return true;
        }
    }
    return false;
}

void reason_rule_out(struct reasoning *it, struct candidate *candidate)
{
    const struct rule *rule = candidate->rule;
    struct ruled_out *out = ARENA_ARRAY(it->report->arena, struct ruled_out, rule->n_rules_out);
    size_t n = 0;

    for (size_t i = 0; i < rule->n_rules_out; i++) {
        const struct rules_out *other = &rule->rules_out[i];
        const char *because = reason_fill_text(it, candidate, other->because);

        if ((other->when && when_ask(other->when, &candidate->scope) != IS_TRUE) || !because ||
            !*because || is_found(it, other->rule, candidate->node)) {
            continue;
        }
        out[n++] = (struct ruled_out){ it->rules->items[other->rule].id, because };
    }
    candidate->finding.ruled_out = out;
    candidate->finding.n_ruled_out = n;
}

/* Names of signals and states within one rule. */

#include "rule/names.h"

#include "base/near.h"

int names_unknown(const struct rule *rule, const struct yaml *node, const char *what, bool signals,
                  bool states, struct error *reterr)
{
    struct span near = { 0 };

    for (size_t i = 0; signals && i < rule->n_signals; i++) {
        near = near_better(node->text, near, rule->signals[i].name);
    }
    for (size_t i = 0; states && i < rule->n_states; i++) {
        near = near_better(node->text, near, rule->states[i].name);
    }
    return yaml_error_near(node, near, reterr, "unknown %s '%.*s'", what, TEXT_OF(node->text));
}

int names_find_signal(const struct rule *rule, const struct yaml *node, uint32_t *ret,
                      struct error *reterr)
{
    int64_t found = rule_signal(rule, node->text);

    if (found < 0) {
        return names_unknown(rule, node, "signal", true, false, reterr);
    }
    *ret = (uint32_t)found;
    return 0;
}

int names_find_state(const struct rule *rule, const struct yaml *node, uint32_t *ret,
                     struct error *reterr)
{
    int64_t found = rule_state(rule, node->text);

    if (found < 0) {
        return names_unknown(rule, node, "state", false, true, reterr);
    }
    *ret = (uint32_t)found;
    return 0;
}

/* Signals and states share their names' space: a bare name is the one or the other, and so is
 * `{name.column}` in texts. */
int names_check(struct builder *builder, const struct yaml *signals)
{
    const struct rule *rule = &builder->built->rule;
    const struct yaml *item = signals->first;

    for (size_t i = 0; i < rule->n_signals; i++, item = item->next) {
        struct span name = rule->signals[i].name;

        if (rule_signal(rule, name) != (int64_t)i || rule_state(rule, name) >= 0) {
            return yaml_error(yaml_get(item, "name"), builder->reterr,
                              "the name '%.*s' is already in use", TEXT_OF(name));
        }
    }
    return 0;
}

/* All names first, so that everything else may refer to them. */
void names_add(struct builder *builder, const struct yaml *signals, const struct yaml *states)
{
    struct built_rule *built = builder->built;
    const struct yaml *item = signals->first;
    struct state_rule *named;

    built->rule.n_signals = signals->n;
    built->signals = ARENA_ARRAY(builder->arena, struct signal_rule, signals->n);
    built->rule.signals = built->signals;
    for (size_t i = 0; i < signals->n; i++, item = item->next) {
        built->signals[i].name = yaml_text(item, "name");
        built->signals[i].place = yaml_place(item);
    }
    built->rule.n_states = states ? states->n : 0;
    named = ARENA_ARRAY(builder->arena, struct state_rule, built->rule.n_states);
    built->rule.states = named;
    item = states ? states->first : NULL;
    for (size_t i = 0; i < built->rule.n_states; i++, item = item->next) {
        named[i].name = item->key;
        named[i].place = yaml_place(item->key_at);
    }
}

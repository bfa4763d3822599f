/* `state:` questions to state tables. */

#include "rule/build_state.h"

#include "rule/build_condition.h"
#include "rule/value.h"

static const char *const state_questions[] = {
    [STATE_ANY] = "any",   [STATE_ALL] = "all",     [STATE_NONE] = "none",
    [STATE_PATH] = "path", [STATE_COUNT] = "count",
};

/* Exactly one question, with the keys that belong to it. */
static int check_state(struct builder *builder, const struct yaml *map)
{
    unsigned n = 0;

    for (size_t i = 0; i < N_ELEMENTS(state_questions); i++) {
        n += yaml_get(map, state_questions[i]) != NULL;
    }
    if (n != 1) {
        return yaml_error(
            map, builder->reterr,
            "a state requires exactly one of 'any', 'all', 'none', 'count' and 'path'");
    }
    if (!yaml_get(map, "path") != !yaml_get(map, "equals")) {
        return yaml_error(map, builder->reterr, "'path' and 'equals' must be used together");
    }
    if (!yaml_get(map, "count") != !yaml_get(map, "at_least")) {
        return yaml_error(map, builder->reterr, "'count' and 'at_least' must be used together");
    }
    return 0;
}

static int build_equals(struct builder *builder, const struct yaml *node, struct state_rule *state)
{
    struct condition *condition = ARENA_NEW(builder->arena, struct condition);
    int r;

    r = build_condition(builder, node, condition);
    condition->name = SPAN("value");
    state->conditions = condition;
    state->n_conditions = 1;
    return r;
}

/* `holding:` and `most:` name facts of the finding that the question is about. */
static int build_subject(struct builder *builder, const struct yaml *node, struct span *ret)
{
    if (!node) {
        return 0;
    }
    *ret = node->text;
    return builder_check_fact(builder, node, 0, node->text);
}

static int build_state(struct builder *builder, const struct yaml *map, struct state_rule *state)
{
    unsigned match = 0;
    int r;

    r = check_state(builder, map);
    if (r < 0) {
        return r;
    }
    while (!yaml_get(map, state_questions[match])) {
        match++;
    }
    state->match = (enum state_match)match;
    state->from = yaml_text(map, "from");
    state->path = yaml_text(map, "path");
    state->at_least = value_number(map, "at_least", 0);
    r = build_subject(builder, yaml_get(map, "holding"), &state->holding);
    if (r >= 0) {
        r = build_subject(builder, yaml_get(map, "most"), &state->most);
    }
    if (r < 0) {
        return r;
    }
    if (state->match == STATE_PATH) {
        return build_equals(builder, yaml_get(map, "equals"), state);
    }
    return build_conditions(builder, yaml_get(map, state_questions[match]), &state->conditions,
                            &state->n_conditions);
}

int build_states(struct builder *builder, const struct yaml *map)
{
    const struct yaml *item = map ? map->first : NULL;
    struct state_rule *states = ARENA_ARRAY(builder->arena, struct state_rule, map ? map->n : 0);

    for (size_t i = 0; map && i < map->n; i++, item = item->next) {
        int r;

        states[i] = builder->built->rule.states[i];
        r = build_state(builder, item, &states[i]);
        if (r < 0) {
            return r;
        }
    }
    builder->built->rule.states = states;
    return 0;
}

/* `when:`, `if:` and the like: trees of questions. */

#include "rule/build_when.h"

#include "rule/names.h"
#include "rule/value.h"

struct tree_builder {
    const struct built_rule *built;
    const struct rule *rule;
    struct arena *arena;
    struct error *reterr;
};

static int build_tree(const struct tree_builder *builder, const struct yaml *node,
                      struct when *ret);

/* A bare name. */
static int build_name(const struct tree_builder *builder, const struct yaml *node, struct when *ret)
{
    int64_t signal = rule_signal(builder->rule, node->text);
    int64_t state = rule_state(builder->rule, node->text);

    if (signal < 0 && state < 0) {
        return names_unknown(builder->rule, node, "signal or state", true, true, builder->reterr);
    }
    ret->kind = signal >= 0 ? WHEN_SIGNAL : WHEN_STATE;
    ret->signal = signal >= 0 ? (uint32_t)signal : 0;
    ret->state = state >= 0 ? (uint32_t)state : 0;
    return 0;
}

static int build_state_question(const struct tree_builder *builder, const struct yaml *node,
                                struct when *ret)
{
    return names_find_state(builder->rule, node, &ret->state, builder->reterr);
}

static int build_children(const struct tree_builder *builder, const struct yaml *node,
                          struct when *ret)
{
    const struct yaml *item = yaml_items(node, &ret->n_children);
    struct when *children = ARENA_ARRAY(builder->arena, struct when, ret->n_children);

    for (size_t i = 0; i < ret->n_children; i++, item = item->next) {
        int r = build_tree(builder, item, &children[i]);

        if (r < 0) {
            return r;
        }
    }
    ret->children = children;
    return 0;
}

/* `unknown: a`, or a list: all of them are. */
static int build_unknown(const struct tree_builder *builder, const struct yaml *node,
                         struct when *ret)
{
    const struct yaml *item = yaml_items(node, &ret->n_children);
    struct when *children;

    if (node->type == YAML_TEXT) {
        ret->n_children = 0;
        return names_find_state(builder->rule, node, &ret->state, builder->reterr);
    }
    children = ARENA_ARRAY(builder->arena, struct when, ret->n_children);
    for (size_t i = 0; i < ret->n_children; i++, item = item->next) {
        int r;

        children[i] = (struct when){ .kind = WHEN_UNKNOWN, .place = yaml_place(item) };
        r = names_find_state(builder->rule, item, &children[i].state, builder->reterr);
        if (r < 0) {
            return r;
        }
    }
    ret->kind = WHEN_ALL;
    ret->children = children;
    return 0;
}

static int build_count(const struct tree_builder *builder, const struct yaml *map, struct when *ret)
{
    ret->at_least = value_number(map, "at_least", 1);
    ret->within_us = value_within(map);
    return names_find_signal(builder->rule, yaml_get(map, "signal"), &ret->signal, builder->reterr);
}

static int build_distinct(const struct tree_builder *builder, const struct yaml *map,
                          struct when *ret)
{
    const struct built_rule *built = builder->built;
    const struct yaml *fact = yaml_get(map, "fact");

    ret->fact = fact->text;
    for (size_t i = 0; i < built->n_facts || built->trusted; i++) {
        if (built->trusted || span_equal(built->facts[i], fact->text)) {
            return build_count(builder, map, ret);
        }
    }
    return builder_unknown_fact(fact, fact->text, built->facts, built->n_facts, builder->reterr);
}

static int build_sequence(const struct tree_builder *builder, const struct yaml *map,
                          struct when *ret)
{
    const struct yaml *item = yaml_items(yaml_get(map, "signals"), &ret->n_sequence);
    uint32_t *signals = ARENA_ARRAY(builder->arena, uint32_t, ret->n_sequence);

    for (size_t i = 0; i < ret->n_sequence; i++, item = item->next) {
        int r = names_find_signal(builder->rule, item, &signals[i], builder->reterr);

        if (r < 0) {
            return r;
        }
    }
    ret->sequence = signals;
    ret->within_us = value_within(map);
    return 0;
}

static int build_absent(const struct tree_builder *builder, const struct yaml *map,
                        struct when *ret)
{
    const struct yaml *after = yaml_get(map, "after"), *before = yaml_get(map, "before");
    int r;

    ret->within_us = value_within(map);
    if (ret->within_us && !after && !before) {
        return yaml_error(map, builder->reterr, "'within' requires 'after' or 'before'");
    }
    if (after && before) {
        return yaml_error(before, builder->reterr, "'before' and 'after' exclude each other");
    }
    r = names_find_signal(builder->rule, yaml_get(map, "signal"), &ret->signal, builder->reterr);
    if (r >= 0 && after) {
        r = names_find_signal(builder->rule, after, &ret->after, builder->reterr);
    }
    if (r >= 0 && before) {
        r = names_find_signal(builder->rule, before, &ret->before, builder->reterr);
    }
    return r;
}

static const struct tree_key {
    const char *name;
    enum when_kind kind;
    int (*build)(const struct tree_builder *builder, const struct yaml *node, struct when *ret);
} tree_keys[] = {
    { "state", WHEN_STATE, build_state_question }, { "unknown", WHEN_UNKNOWN, build_unknown },
    { "all", WHEN_ALL, build_children },           { "any", WHEN_ANY, build_children },
    { "none", WHEN_NONE, build_children },         { "count", WHEN_COUNT, build_count },
    { "distinct", WHEN_DISTINCT, build_distinct }, { "sequence", WHEN_SEQUENCE, build_sequence },
    { "absent", WHEN_ABSENT, build_absent },
};

static int build_tree(const struct tree_builder *builder, const struct yaml *node, struct when *ret)
{
    size_t i = 0;

    *ret = (struct when){ .place = yaml_place(node), .after = UINT32_MAX, .before = UINT32_MAX };
    if (node->type == YAML_TEXT) {
        return build_name(builder, node, ret);
    }
    while (!span_is(node->first->key, tree_keys[i].name)) {
        i++;
    }
    ret->kind = tree_keys[i].kind;
    return tree_keys[i].build(builder, node->first, ret);
}

int build_when(const struct built_rule *built, const struct yaml *node, struct arena *arena,
               const struct when **ret, struct error *reterr)
{
    struct tree_builder builder = { built, &built->rule, arena, reterr };
    struct when *when;
    int r;

    if (!node) {
        return 0;
    }
    when = ARENA_NEW(arena, struct when);
    r = build_tree(&builder, node, when);
    if (r < 0) {
        return r;
    }
    *ret = when;
    return 0;
}

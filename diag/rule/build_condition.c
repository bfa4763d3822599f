/* Conditions on facts, fields and columns. */

#include "rule/build_condition.h"

#include "rule/condition.h"
#include "signal/fact_number.h"

int build_condition(struct builder *builder, const struct yaml *node, struct condition *ret)
{
    size_t n_known = builder->known.n;
    int r;

    r = condition_parse(node, ret, builder->reterr);
    if (r < 0) {
        return r;
    }
    ret->name = node->key;
    if (ret->comparison == IS_UNIT_OF || ret->comparison == IS_NOT_UNIT_OF) {
        ret->pattern = builder_add_units(builder, node, ret);
    }
    if (ret->comparison != IS_MATCHING) {
        return 0;
    }
    r = builder_add_pattern(builder, node, ret->text, (struct span){ 0 }, &ret->pattern);
    builder->known.n = n_known; /* groups of conditions are not facts */
    return r;
}

int build_conditions(struct builder *builder, const struct yaml *map, const struct condition **ret,
                     size_t *ret_n)
{
    const struct yaml *child = map ? map->first : NULL;
    size_t n = map ? map->n : 0;
    struct condition *conditions = ARENA_ARRAY(builder->arena, struct condition, n);

    for (size_t i = 0; i < n; i++, child = child->next) {
        int r = build_condition(builder, child, &conditions[i]);

        if (r < 0) {
            return r;
        }
    }
    *ret = conditions;
    *ret_n = n;
    return 0;
}

static bool is_ordered(enum comparison comparison)
{
    return comparison == IS_LESS || comparison == IS_AT_MOST || comparison == IS_GREATER ||
           comparison == IS_AT_LEAST;
}

/* `'> 5m'` never holds on a fact that is not a duration. */
static int check_unit(struct builder *builder, const struct yaml *at,
                      const struct condition *condition)
{
    const struct fact_declaration *declared = rule_fact(&builder->built->rule, condition->name);
    enum fact_type type = declared && declared->type != FACT_TEXT ? declared->type : FACT_INTEGER;
    double number;

    if (!is_ordered(condition->comparison) || !span_empty(condition->other_fact) ||
        fact_number(type, condition->text, &number)) {
        return 0;
    }
    return yaml_error_inside(at, (size_t)(condition->text.data - at->text.data), builder->reterr,
                             "the fact '%.*s' is of type %s, but '%.*s' is not",
                             TEXT_OF(condition->name), fact_type_name(type),
                             TEXT_OF(condition->text));
}

/* The same, for conditions on facts of the signal at work. */
int build_fact_conditions(struct builder *builder, const struct yaml *map,
                          const struct condition **ret, size_t *ret_n)
{
    const struct yaml *child = map ? map->first : NULL;
    int r;

    r = build_conditions(builder, map, ret, ret_n);
    for (size_t i = 0; r >= 0 && child && i < *ret_n; i++, child = child->next) {
        r = builder_check_fact(builder, child->key_at, builder->signal, (*ret)[i].name);
        if (r >= 0 && !span_empty((*ret)[i].other_fact)) {
            r = builder_check_fact(builder, child, builder->signal, (*ret)[i].other_fact);
        }
        if (r >= 0) {
            r = check_unit(builder, child, &(*ret)[i]);
        }
    }
    return r;
}

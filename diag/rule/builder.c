/* Names of facts and patterns of the rule that is being built. */

#include "rule/builder.h"

#include "base/near.h"
#include "base/pattern.h"

#include <errno.h>

void builder_add_fact(struct builder *builder, struct span name)
{
    vec_push(&builder->known, name);
}

struct span builder_column(struct builder *builder, struct span table, struct span column)
{
    return span_of(arena_printf(builder->arena, "%.*s.%.*s", (int)table.size, table.data,
                                (int)column.size, column.data));
}

static bool has_fact(const struct builder *builder, size_t first, struct span name)
{
    for (size_t i = first; i < builder->known.n; i++) {
        if (span_equal(builder->known.items[i], name)) {
            return true;
        }
    }
    for (size_t i = 0; i < builder->n_fields; i++) {
        if (span_equal(builder->known.items[i], name)) {
            return true;
        }
    }
    return false;
}

int builder_unknown_fact(const struct yaml *at, struct span name, const struct span *facts,
                         size_t n, struct error *reterr)
{
    struct span near = { 0 };

    for (size_t i = 0; i < n; i++) {
        near = near_better(name, near, facts[i]);
    }
    return yaml_error_near(at, near, reterr, "unknown fact '%.*s'", TEXT_OF(name));
}

/* Is it a fact of the signal at work, or with `first` 0 of any? */
int builder_check_fact(struct builder *builder, const struct yaml *at, size_t first,
                       struct span name)
{
    size_t n = builder->known.n - first;

    if (builder->options->trusted || has_fact(builder, first, name)) {
        return 0;
    }
    return builder_unknown_fact(at, name, n ? builder->known.items + first : NULL, n,
                                builder->reterr);
}

/* All of them, for trees, which are built when the builder is gone. */
void builder_keep_facts(struct builder *builder)
{
    struct span *facts = ARENA_ARRAY(builder->arena, struct span, builder->known.n);

    for (size_t i = 0; i < builder->known.n; i++) {
        facts[i] = builder->known.items[i];
    }
    builder->built->facts = facts;
    builder->built->n_facts = builder->known.n;
    builder->built->trusted = builder->options->trusted;
}

/* Compiles it to see whether it is one, and adds its groups to the known facts, as columns when
 * `table` is not empty. */
static int check_pattern(struct builder *builder, const struct yaml *at, struct span text,
                         struct span table)
{
    CLEANUP(pattern_free_at) struct pattern *pattern = NULL;
    struct error error = { 0 };
    size_t before = (size_t)(text.data - at->text.data);
    int r;

    r = pattern_compile(text, &pattern, &error);
    if (r < 0) {
        return yaml_error_inside(at, before + error.column - 1, builder->reterr, "%s", error.text);
    }
    for (size_t i = 0; i < pattern_n_groups(pattern); i++) {
        struct span name = arena_copy(builder->arena, pattern_group_name(pattern, i));

        builder_add_fact(builder, span_empty(table) ? name : builder_column(builder, table, name));
    }
    return 0;
}

int builder_add_pattern(struct builder *builder, const struct yaml *at, struct span text,
                        struct span table, uint32_t *ret)
{
    if (!builder->options->trusted) {
        int r = check_pattern(builder, at, text, table);

        if (r < 0) {
            return r;
        }
    }
    *ret = (uint32_t)builder->patterns->list.n;
    vec_push(&builder->patterns->list,
             (struct rule_pattern){ .text = text, .place = yaml_place(at) });
    return 0;
}

/* The pattern at a key of the map; PATTERN_NONE if the map has no such key. */
int builder_pattern_of(struct builder *builder, const struct yaml *map, const char *key,
                       struct span table, uint32_t *ret)
{
    const struct yaml *node = yaml_get(map, key);

    *ret = PATTERN_NONE;
    return node ? builder_add_pattern(builder, node, node->text, table, ret) : 0;
}

uint32_t builder_add_units(struct builder *builder, const struct yaml *at,
                           const struct condition *condition)
{
    struct pattern_table *table = builder->patterns;
    uint32_t pattern = (uint32_t)table->list.n;

    vec_push(&table->list,
             (struct rule_pattern){ .place = yaml_place(at),
                                    .units = condition->text,
                                    .negated = condition->comparison == IS_NOT_UNIT_OF });
    vec_push(&table->units, (struct unit_condition){ pattern, at });
    return pattern;
}

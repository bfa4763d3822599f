/* Built-in rules among others. A sample: rule 12 of the tables explains rule 40 of them, which is rule
 * 43 of the set, because three files of a directory come before it. */

#include "rule/relink.h"

#include "rule/builtin.h"

/* The list with the rules of the set, which replaces the one of the tables. */
#define RELINK(rules, arena, type, list, n)                                                        \
    do {                                                                                           \
        type *kept = ARENA_ARRAY(arena, type, n);                                                  \
        size_t used = 0;                                                                           \
                                                                                                   \
        for (size_t i = 0; i < (n); i++) {                                                         \
            kept[used] = (list)[i];                                                                \
            used += find_rule(rules, (list)[i].rule, &kept[used].rule);                            \
        }                                                                                          \
        (list) = kept;                                                                             \
        (n) = used;                                                                                \
    } while (0)

static bool find_rule(const struct rules *rules, uint32_t in_tables, uint32_t *ret)
{
    int64_t found = rules_find(rules, span_of(builtin_tables.items[in_tables].id));

    if (found >= 0) {
        *ret = (uint32_t)found;
    }
    return found >= 0;
}

static void relink_recovered_by(const struct rules *rules, struct arena *arena, struct rule *rule)
{
    uint32_t *kept = ARENA_ARRAY(arena, uint32_t, rule->n_recovered_by);
    size_t used = 0;

    for (size_t i = 0; i < rule->n_recovered_by; i++) {
        used += find_rule(rules, rule->recovered_by[i], &kept[used]);
    }
    rule->recovered_by = kept;
    rule->n_recovered_by = used;
}

void relink(const struct rules *rules, struct arena *arena, struct built_rule *built)
{
    struct rule *rule = &built->rule;

    RELINK(rules, arena, struct explains, rule->explains, rule->n_explains);
    RELINK(rules, arena, struct suppresses, rule->suppresses, rule->n_suppresses);
    RELINK(rules, arena, struct rules_out, rule->rules_out, rule->n_rules_out);
    relink_recovered_by(rules, arena, rule);
}

/* `facts:` names, types and fields.
 *
 *   facts: { size: kibibytes, pods: [pod], status: { field: EXIT_STATUS, type: integer } } */

#include "rule/build_fact.h"

static struct fact_declaration declaration_of(const struct yaml *node)
{
    struct fact_declaration fact = { .name = node->key, .type = FACT_TEXT };
    struct span type = node->text;

    if (node->type == YAML_LIST) {
        fact.list = true;
        type = node->first->text;
    } else if (node->type == YAML_MAP) {
        fact.field = yaml_text(node, "field");
        type = yaml_text(node, "type");
    }
    if (!span_empty(type)) {
        fact.type = fact_type_from_name(type);
    }
    return fact;
}

void build_facts(struct builder *builder, const struct yaml *map)
{
    const struct yaml *child = map ? map->first : NULL;
    size_t n = map ? map->n : 0;
    struct fact_declaration *facts = ARENA_ARRAY(builder->arena, struct fact_declaration, n);

    for (size_t i = 0; i < n; i++, child = child->next) {
        facts[i] = declaration_of(child);
        if (!span_empty(facts[i].field)) {
            builder_add_fact(builder, facts[i].name);
        }
    }
    builder->n_fields = builder->known.n;
    builder->built->rule.facts = facts;
    builder->built->rule.n_facts = n;
}

int build_facts_check(struct builder *builder, const struct yaml *map)
{
    for (const struct yaml *child = map ? map->first : NULL; child; child = child->next) {
        int r = builder_check_fact(builder, child->key_at, 0, child->key);

        if (r < 0) {
            return r;
        }
    }
    return 0;
}

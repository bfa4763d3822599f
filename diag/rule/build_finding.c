/* The finding of a rule: head, key, confidence and remedies. */

#include "rule/build_finding.h"

#include "rule/build_when.h"
#include "rule/value.h"

void build_head(struct builder *builder, const struct yaml *root)
{
    struct rule *rule = &builder->built->rule;

    rule->title = value_string(root, "title");
    rule->severity = (enum rule_severity)value_choice(root, "severity", rule_severity_words);
    rule->lasts = (enum rule_lasting)value_choice(root, "lasts", rule_lasting_words);
    rule->symptom = value_true(root, "symptom");
    rule->same = value_same(root, SAME_HOST);
    rule->explain = value_string(root, "explain");
    rule->references = value_strings(yaml_get(root, "references"), builder->arena);
}

static int build_mover(struct builder *builder, const struct yaml *node,
                       struct confidence_mover *ret)
{
    bool named = node->type == YAML_TEXT;
    const struct yaml *condition = named ? node : yaml_get(node, "if");
    int r;

    r = build_when(builder->built, condition, builder->arena, &ret->when, builder->reterr);
    if (r < 0) {
        return r;
    }
    ret->because = value_string(node, "because");
    if (named) {
        ret->because = arena_printf(builder->arena,
                                    ret->when->kind == WHEN_STATE ? "the state %s is true"
                                                                  : "the signal %s was seen",
                                    node->text.data);
    }
    return 0;
}

static int build_movers(struct builder *builder, const struct yaml *list,
                        const struct confidence_mover **ret, size_t *ret_n)
{
    const struct yaml *item = yaml_items(list, ret_n);
    struct confidence_mover *movers = ARENA_ARRAY(builder->arena, struct confidence_mover, *ret_n);

    for (size_t i = 0; i < *ret_n; i++, item = item->next) {
        int r = build_mover(builder, item, &movers[i]);

        if (r < 0) {
            return r;
        }
    }
    *ret = movers;
    return 0;
}

int build_confidence(struct builder *builder, const struct yaml *map)
{
    struct rule *rule = &builder->built->rule;
    int r;

    r = build_movers(builder, yaml_get(map, "raised_by"), &rule->raised_by, &rule->n_raised_by);
    if (r < 0) {
        return r;
    }
    return build_movers(builder, yaml_get(map, "lowered_by"), &rule->lowered_by,
                        &rule->n_lowered_by);
}

static const struct fact_globs *build_globs(const struct builder *builder, const struct yaml *node,
                                            size_t *ret_n)
{
    const struct yaml *item = yaml_items(node, ret_n);
    struct fact_globs *globs = ARENA_ARRAY(builder->arena, struct fact_globs, *ret_n);

    for (size_t i = 0; i < *ret_n; i++, item = item->next) {
        globs[i].facts = value_fields(item, builder->arena, &globs[i].n_facts);
    }
    return globs;
}

static int build_remedy(struct builder *builder, const struct yaml *map, struct remedy *remedy)
{
    const struct yaml *run = yaml_get(map, "run");

    remedy->kind = (enum remedy_kind)value_choice(map, "kind", remedy_kind_words);
    remedy->action = value_string(map, "do");
    remedy->run = run ? value_strings(run, builder->arena) : NULL;
    remedy->needs = value_string(map, "needs");
    remedy->risk = value_string(map, "risk");
    remedy->undo = value_string(map, "undo");
    remedy->given = build_globs(builder, yaml_get(map, "given"), &remedy->n_given);
    remedy->unless = build_globs(builder, yaml_get(map, "unless"), &remedy->n_unless);
    return build_when(builder->built, yaml_get(map, "if"), builder->arena, &remedy->when,
                      builder->reterr);
}

int build_remedies(struct builder *builder, const struct yaml *list)
{
    struct rule *rule = &builder->built->rule;
    const struct yaml *item = yaml_items(list, &rule->n_remedies);
    struct remedy *remedies = ARENA_ARRAY(builder->arena, struct remedy, rule->n_remedies);

    for (size_t i = 0; i < rule->n_remedies; i++, item = item->next) {
        int r = build_remedy(builder, item, &remedies[i]);

        if (r < 0) {
            return r;
        }
    }
    rule->remedies = remedies;
    return 0;
}

int build_key(struct builder *builder, const struct yaml *node)
{
    struct rule *rule = &builder->built->rule;
    const struct yaml *item;

    rule->key = value_spans(node, builder->arena, &rule->n_key);
    item = yaml_items(node, &rule->n_key);
    for (size_t i = 0; i < rule->n_key; i++, item = item->next) {
        int r = builder_check_fact(builder, item, 0, item->text);

        if (r < 0) {
            return r;
        }
    }
    return 0;
}

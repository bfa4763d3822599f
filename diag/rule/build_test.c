/* `tests:` samples and what they must give. */

#include "rule/build_test.h"

#include "rule/value.h"

/* A key whose value may be a list. */
static bool is_list(struct span key)
{
    return span_is(key, "folds") || span_is(key, "findings") || span_is(key, "remedies") ||
           span_is(key, "no_remedies");
}

/* `{root: a, facts: {x.y: 1}}` reads `root` a, `facts.x.y` 1. */
static void build_expect(const struct yaml *map, struct arena *arena, struct rule_test *test)
{
    const struct yaml *facts = yaml_get(map, "facts");
    struct field *fields =
        ARENA_ARRAY(arena, struct field, (map ? map->n : 0) + (facts ? facts->n : 0));
    size_t n = 0;

    for (const struct yaml *child = map ? map->first : NULL; child; child = child->next) {
        if (child->type == YAML_TEXT && !is_list(child->key)) {
            fields[n++] = (struct field){ child->key, child->text };
        }
    }
    for (const struct yaml *child = facts ? facts->first : NULL; child; child = child->next) {
        struct span name = span_of(arena_printf(arena, "facts.%s", child->key.data));

        fields[n++] = (struct field){ name, child->text };
    }
    test->expect = fields;
    test->n_expect = n;
}

static int build_test(struct builder *builder, const struct yaml *map, struct rule_test *test)
{
    const struct yaml *expect = yaml_get(map, "expect");
    const struct yaml *formats = yaml_get(map, "formats");

    if (formats && yaml_get(map, "format")) {
        return yaml_error(formats, builder->reterr,
                          "'format' and 'formats' cannot be used together");
    }
    if (!expect && !yaml_get(map, "expect_none")) {
        return yaml_error(map, builder->reterr, "a test requires 'expect' or 'expect_none'");
    }
    if (!yaml_get(map, "input") && !yaml_get(map, "state")) {
        return yaml_error(map, builder->reterr, "a test requires 'input' or 'state'");
    }
    test->name = value_string(map, "name");
    test->place = yaml_place(map);
    test->formats = value_strings(formats ? formats : yaml_get(map, "format"), builder->arena);
    test->input = yaml_text(map, "input");
    test->state = value_fields(yaml_get(map, "state"), builder->arena, &test->n_state);
    build_expect(expect, builder->arena, test);
    test->folds = value_strings(yaml_get(expect, "folds"), builder->arena);
    test->expect_findings = value_strings(yaml_get(expect, "findings"), builder->arena);
    test->remedies = value_strings(yaml_get(expect, "remedies"), builder->arena);
    test->no_remedies = value_strings(yaml_get(expect, "no_remedies"), builder->arena);
    test->expect_none = value_strings(yaml_get(map, "expect_none"), builder->arena);
    test->versions = value_string(map, "versions");
    return 0;
}

int build_tests(struct builder *builder, const struct yaml *list)
{
    struct rule *rule = &builder->built->rule;
    size_t n;
    const struct yaml *item = yaml_items(list, &n);
    struct rule_test *tests = ARENA_ARRAY(builder->arena, struct rule_test, n);

    for (size_t i = 0; i < n; i++, item = item->next) {
        int r = build_test(builder, item, &tests[i]);

        if (r < 0) {
            return r;
        }
    }
    rule->checked = builder->options->checked;
    if (builder->options->with_tests && n) {
        rule->tests = tests;
        rule->n_tests = n;
    }
    return 0;
}

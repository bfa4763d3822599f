/* Names in tests. `expect_none: [kubelet/swap-enable]` would always hold. */

#include "workbench/lint_expectations.h"

#include "base/near.h"
#include "format/format.h"

static bool is_disabled(const struct rules *rules, struct span id)
{
    for (size_t i = 0; i < rules->n_disabled; i++) {
        if (span_is(id, rules->disabled[i].id)) {
            return true;
        }
    }
    return false;
}

static void check_id(struct lint_list *list, const struct rule *rule, const struct rules *rules,
                     const struct yaml *id)
{
    struct span near = { 0 };

    if (rules_find(rules, id->text) >= 0 || is_disabled(rules, id->text)) {
        return;
    }
    for (size_t i = 0; i < rules->n; i++) {
        near = near_better(id->text, near, span_of(rules->items[i].id));
    }
    if (span_empty(near)) {
        lint_add(list, "unknown-rule", rule, id, "unknown rule '%.*s'", TEXT_OF(id->text));
    } else {
        lint_add(list, "unknown-rule", rule, id, "unknown rule '%.*s', did you mean '%.*s'?",
                 TEXT_OF(id->text), TEXT_OF(near));
    }
}

static void check_ids(struct lint_list *list, const struct rule *rule, const struct rules *rules,
                      const struct yaml *ids)
{
    size_t n;
    const struct yaml *id = yaml_items(ids, &n);

    for (size_t i = 0; i < n; i++, id = id->next) {
        check_id(list, rule, rules, id);
    }
}

static void check_formats(struct lint_list *list, const struct rule *rule, const struct yaml *names)
{
    size_t n;
    const struct yaml *format = yaml_items(names, &n);

    for (size_t i = 0; i < n; i++, format = format->next) {
        if (!format_find(format->text)) {
            lint_add(list, "unknown-format", rule, format,
                     "unknown format '%.*s'; nodecause formats lists them", TEXT_OF(format->text));
        }
    }
}

void lint_expectations(struct lint_list *list, const struct rule *rule, const struct rules *rules)
{
    const struct yaml *tests = yaml_get(rule->tree, "tests");

    for (const struct yaml *test = tests ? tests->first : NULL; test; test = test->next) {
        const struct yaml *expect = yaml_get(test, "expect");

        check_ids(list, rule, rules, yaml_get(expect, "root"));
        check_ids(list, rule, rules, yaml_get(expect, "folds"));
        check_ids(list, rule, rules, yaml_get(expect, "findings"));
        check_ids(list, rule, rules, yaml_get(test, "expect_none"));
        check_formats(list, rule, yaml_get(test, "format"));
        check_formats(list, rule, yaml_get(test, "formats"));
    }
}

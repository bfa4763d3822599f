/* The tables of the built-in rules are what their YAML gives. */

#include "rulec/emit.h"

#include "rule/builtin.h"
#include "rule/load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct buf emitted(const struct rules *rules)
{
    struct buf text = { 0 };

    emit_rules(&text, rules);
    return text;
}

static void tables_are_what_the_yaml_gives(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    CLEANUP(buf_done_at) struct buf tables = emitted(&builtin_tables);
    CLEANUP(buf_done_at) struct buf texts = { 0 };

    (void)state;
    assert_int_equal(rule_set_add_builtin_texts(set, NULL), 0);
    assert_int_equal(rule_set_finish(set, NULL), 0);
    texts = emitted(rule_set_rules(set));
    assert_true(builtin_tables.n > 0);
    assert_string_equal(tables.data, texts.data);
}

/* Built-in rules alone are the tables; with another rule beside them, or in place of one, they are
 * the same rules as before. */
static void another_rule_changes_no_other(void **state)
{
    static const char yaml[] =
        "title: ours\n"
        "severity: error\n"
        "signals:\n"
        "  - { name: it, stream: kubelet, pattern: 'it is ours', role: proof }\n"
        "explain: Ours.\n"
        "remedies: [{ kind: now, do: 'Nothing' }]\n"
        "references: ['https://example.org/']\n";
    CLEANUP(rule_set_free_at) struct rule_set *alone = rule_set_new(), *set = rule_set_new();
    const struct rules *rules;
    struct error error = { 0 };

    (void)state;
    assert_int_equal(rule_set_add_builtin(alone, NULL), 0);
    assert_int_equal(rule_set_finish(alone, NULL), 0);
    assert_ptr_equal(rule_set_rules(alone)->items, builtin_tables.items);

    assert_int_equal(rule_set_add_builtin(set, NULL), 0);
    if (rule_set_add_text(set, "zz/ours", "zz/ours.yaml", SPAN(yaml), false, &error) < 0) {
        fail_msg("%s", error.text);
    }
    assert_int_equal(rule_set_finish(set, NULL), 0);
    rules = rule_set_rules(set);
    assert_int_equal(rules->n, builtin_tables.n + 1); /* the last one by its id */
    for (size_t i = 0; i < builtin_tables.n; i++) {
        CLEANUP(buf_done_at) struct buf before = { 0 }, after = { 0 };

        before = emitted(&(struct rules){ .items = &builtin_tables.items[i], .n = 1 });
        after = emitted(&(struct rules){ .items = &rules->items[i], .n = 1 });
        assert_string_equal(before.data, after.data);
    }
}

/* A text that C would read otherwise. */
static void texts_are_quoted(void **state)
{
    const struct span key = SPAN("a\"\\\n?\1779");
    const struct rule rule = { .id = "x", .key = &key, .n_key = 1 };
    CLEANUP(buf_done_at) struct buf text = emitted(&(struct rules){ .items = &rule, .n = 1 });

    (void)state;
    assert_non_null(strstr(text.data, "{ \"a\\042\\134\\012\\077\\1779\", 7 }"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_what_the_yaml_gives),
        cmocka_unit_test(another_rule_changes_no_other),
        cmocka_unit_test(texts_are_quoted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

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

/* Other rules: a new one before all, one in place of a built-in one, one that switches one off, other units of a
 * stream. */
static const struct {
    const char *path, *yaml;
} others[] = {
    { "a/first.yaml", "title: ours\n"
                      "severity: error\n"
                      "signals:\n"
                      "  - { name: it, stream: kubelet, pattern: 'it is ours', role: proof }\n"
                      "explains:\n"
                      "  - { rule: kubelet/pleg-unhealthy, within: 10m, same: [host] }\n"
                      "explain: Ours.\n"
                      "remedies: [{ kind: now, do: 'Nothing' }]\n"
                      "references: ['https://example.org/']\n"
                      "includes: unit-dies\n" },
    { "kubelet/swap-enabled.yaml", "title: ours\n"
                                   "severity: error\n"
                                   "signals:\n"
                                   "  - { name: it, stream: acme, pattern: 'swap!', role: proof }\n"
                                   "explain: Ours.\n"
                                   "remedies: [{ kind: now, do: 'Nothing' }]\n"
                                   "references: ['https://example.org/']\n" },
    { "systemd/unit-exited.yaml", "disabled: true\n" },
    { "streams.yaml", "acme: { units: [acme.service] }\n"
                      "etcd: { units: [acme-etcd.service] }\n" },
};

static void add_others(struct rule_set *set)
{
    struct error error = { 0 };

    for (size_t i = 0; i < N_ELEMENTS(others); i++) {
        if (rule_set_add_text(set, NULL, others[i].path, span_of(others[i].yaml), false, &error) <
            0) {
            fail_msg("%s: %s", others[i].path, error.text);
        }
    }
    if (rule_set_finish(set, &error) < 0) {
        fail_msg("%s:%u: %s", error.path, error.line, error.text);
    }
}

static void alone_they_are_the_tables(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();

    (void)state;
    assert_int_equal(rule_set_add_builtin(set, NULL), 0);
    assert_int_equal(rule_set_finish(set, NULL), 0);
    assert_ptr_equal(rule_set_rules(set)->items, builtin_tables.items);
}

/* Rules that are added change the same of the tables as of the texts. */
static void others_can_be_added(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *of_tables = rule_set_new();
    CLEANUP(rule_set_free_at) struct rule_set *of_texts = rule_set_new();
    CLEANUP(buf_done_at) struct buf tables = { 0 }, texts = { 0 };
    const struct rules *rules = rule_set_rules(of_tables);
    int64_t pleg;

    (void)state;
    assert_int_equal(rule_set_add_builtin(of_tables, NULL), 0);
    assert_int_equal(rule_set_add_builtin_texts(of_texts, NULL), 0);
    add_others(of_tables);
    add_others(of_texts);
    tables = emitted(rules);
    texts = emitted(rule_set_rules(of_texts));
    assert_string_equal(tables.data, texts.data);

    assert_int_equal(rules->n, builtin_tables.n); /* one more, and one less */
    assert_string_equal(rules->items[0].id, "a/first");
    pleg = rules_find(rules, SPAN("kubelet/pleg-unhealthy"));
    assert_int_equal(rules->items[0].explains[0].rule, pleg);
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
        cmocka_unit_test(alone_they_are_the_tables),
        cmocka_unit_test(others_can_be_added),
        cmocka_unit_test(texts_are_quoted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

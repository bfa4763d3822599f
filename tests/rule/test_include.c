/* What a rule includes from common.yaml, and what it has itself. */

#include "rule/include.h"

#include "rule/load.h"
#include "rule/resolve.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const char common[] = "base:\n"
                             "  explains:\n"
                             "    - { rule: effect/one, within: 30s }\n"
                             "    - { rule: effect/two }\n"
                             "more:\n"
                             "  includes: base\n"
                             "  recovered_by: effect/two\n"
                             "  remedies: [{ kind: verify, do: Look }]\n";

static const char effect[] =
    "title: T\nseverity: info\nexplain: E\n"
    "signals: [{ name: a, stream: kernel, pattern: some text, role: sign }]\n";

/* The rule `r`, which is `effect` with more keys; then `s`, which includes everything. */
static int load(struct rule_set *set, const char *keys, struct error *reterr)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    const struct {
        const char *id;
        struct span text;
    } files[] = {
        { "streams.yaml", SPAN("kernel: { transports: [kernel] }\n") },
        { "common.yaml", SPAN(common) },
        { "effect/one", SPAN(effect) },
        { "effect/two", SPAN(effect) },
    };
    int r = 0;

    for (size_t i = 0; r >= 0 && i < N_ELEMENTS(files); i++) {
        r = rule_set_add_text(set, files[i].id, files[i].id, files[i].text, true, reterr);
    }
    buf_printf(&text, "%s%s", effect, keys);
    if (r >= 0) {
        r = rule_set_add_text(set, "r", "r.yaml", buf_span(&text), true, reterr);
    }
    buf_clear(&text);
    buf_printf(&text, "%sincludes: more\n", effect);
    if (r >= 0) {
        r = rule_set_add_text(set, "s", "s.yaml", buf_span(&text), true, reterr);
    }
    return r < 0 ? r : rule_set_finish(set, reterr);
}

static const struct rule *loaded(struct rule_set *set, const char *keys)
{
    struct error error = { 0 };

    if (load(set, keys, &error) < 0) {
        fail_msg("%s:%u:%u: %s", error.path, error.line, error.column, error.text);
    }
    return &rule_set_rules(set)->items[2];
}

static void gives_lists(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    const struct rule *rule = loaded(set, "includes: base\n");

    (void)state;
    assert_int_equal(rule->n_explains, 2);
    assert_int_equal(rule->explains[0].rule, 0);
    assert_int_equal(rule->explains[0].within_us, 30000000);
    assert_int_equal(rule->explains[1].rule, 1);
    assert_int_equal(rule->n_remedies, 0);
    assert_int_equal(rule->n_recovered_by, 0);
}

static void parts_include_parts(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    const struct rule *rule = loaded(set, "includes: [more]\n");

    (void)state;
    assert_int_equal(rule->n_explains, 2);
    assert_int_equal(rule->n_recovered_by, 1);
    assert_int_equal(rule->recovered_by[0], 1);
    assert_int_equal(rule->n_remedies, 1);
    assert_int_equal(rule->remedies[0].kind, REMEDY_VERIFY);
}

static void own_items_win_and_come_first(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    const struct rule *rule = loaded(
        set, "explains: [{ rule: effect/two, within: 1s }]\nrecovered_by: effect/one\n"
             "remedies: [{ kind: now, do: This }, { kind: verify, do: That }]\nincludes: more\n");

    (void)state;
    assert_int_equal(rule->n_explains, 2);
    assert_int_equal(rule->explains[0].rule, 1);
    assert_int_equal(rule->explains[0].within_us, 1000000);
    assert_int_equal(rule->explains[1].rule, 0);
    assert_int_equal(rule->n_recovered_by, 2);
    assert_int_equal(rule->recovered_by[0], 0);
    assert_int_equal(rule->n_remedies, 2);
    assert_string_equal(rule->remedies[1].action, "That");
}

static void rules_share_a_part(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    const struct rule *other =
        loaded(set, "explains: [{ rule: effect/two, within: 1s }]\nincludes: more\n") + 1;

    (void)state;
    assert_string_equal(other->id, "s");
    assert_int_equal(other->n_explains, 2);
    assert_int_equal(other->explains[0].rule, 0);
    assert_int_equal(other->explains[1].within_us, 0);
    assert_int_equal(other->n_remedies, 1);
}

static void refuses(void **state)
{
    static const struct {
        const char *keys, *message;
    } rows[] = {
        { "includes: bse\n", "unknown part 'bse', did you mean 'base'?" },
        { "includes: [base, other]\n", "unknown part 'other'" },
        { "includes: { a: b }\n", "'includes' must be a word of letters, digits, '_' and '-'" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
        struct error error = { 0 };

        assert_int_equal(load(set, rows[i].keys, &error), -EINVAL);
        assert_string_equal(error.text, rows[i].message);
        assert_int_equal(error.line, 5);
    }
}

static void refuses_bad_parts(void **state)
{
    static const struct {
        const char *text;
        unsigned line, column;
        const char *message;
    } rows[] = {
        { "a: { title: T }\n", 1, 6, "a common part has no key 'title'" },
        { "a: b\n", 1, 4, "a common part must be a map" },
        { "a: { includes: b }\nb: { recovered_by: c }\n", 1, 16, "unknown part 'b'" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
        struct error error = { 0 };

        assert_int_equal(
            rule_set_add_text(set, "common.yaml", "c", span_of(rows[i].text), true, &error),
            -EINVAL);
        assert_string_equal(error.text, rows[i].message);
        assert_int_equal(error.line, rows[i].line);
        assert_int_equal(error.column, rows[i].column);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_lists),
        cmocka_unit_test(parts_include_parts),
        cmocka_unit_test(own_items_win_and_come_first),
        cmocka_unit_test(rules_share_a_part),
        cmocka_unit_test(refuses),
        cmocka_unit_test(refuses_bad_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Every reason to refuse a rule file: what is said, and where. */

#include "base/buf.h"
#include "base/limits.h"
#include "rule/load.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const char streams[] = "kubelet: { identifiers: [kubelet], anonymous: true }\n"
                              "kernel: { transports: [kernel] }\n";

/* The rule that each row spoils. */
static const char *const good[] = {
    "title: T",                                    /* 1 */
    "severity: error",                             /* 2 */
    "explain: E",                                  /* 3 */
    "signals:",                                    /* 4 */
    "  - name: a",                                 /* 5 */
    "    stream: kubelet",                         /* 6 */
    "    pattern: 'some text (?<x>\\d+)'",         /* 7 */
    "    role: proof",                             /* 8 */
    "state:",                                      /* 9 */
    "  s: { from: fstab, any: { fstype: swap } }", /* 10 */
};

struct row {
    size_t replaced; /* line of the good rule; 0: `text` is line 11 */
    const char *text;
    unsigned line, column;
    const char *message;
};

/* clang-format off */
static const struct row rows[] = {
    /* YAML */
    { 1, "title: [", 2, 1, "wrongly indented flow sequence" },
    { 1, "title: 'T", 1, 8, "wrongly indented single-quoted scalar" },
    { 1, "title: &a T", 1, 11, "anchors are not allowed" },
    { 1, "title: *a", 1, 9, "aliases are not allowed" },
    { 1, "title: !!str T", 1, 14, "tags are not allowed" },
    { 1, "<<: { title: T }", 1, 1, "merge keys are not allowed" },
    { 1, "[a]: T", 1, 1, "a key must be a text" },
    { 2, "title: U", 2, 1, "duplicate key 'title'" },
    { 1, "title: a\x01", 1, 1, "contains the control character 0x01" },
    { 1, "title: a\xff", 1, 1, "invalid UTF-8" },
    { 0, "---\ntitle: U", 12, 1, "more than one document in the file" },
    /* keys and types */
    { 1, "titel: T", 1, 1, "a rule has no key 'titel', did you mean 'title'?" },
    { 1, "colour: T", 1, 1, "a rule has no key 'colour'" },
    { 1, "", 2, 1, "a rule requires the key 'title'" },
    { 1, "title:", 1, 1, "'title' must be a text" },
    { 1, "title: [T]", 1, 8, "'title' must be a text" },
    { 2, "severity: eror", 2, 11, "'severity' must be one of info, warning, error, critical, did you mean 'error'?" },
    { 2, "severity: bad", 2, 11, "'severity' must be one of info, warning, error, critical" },
    { 0, "symptom: yes", 11, 10, "'symptom' must be true or false" },
    { 0, "explains: x", 11, 11, "'explains' must be a list" },
    { 0, "explains: []", 11, 11, "'explains' must be a list" },
    { 0, "explains: [{ rule: x/y, wihtin: 5s }]", 11, 25, "an edge has no key 'wihtin', did you mean 'within'?" },
    { 0, "explains: [{ rule: x/y, within: 5 }]", 11, 33, "'within' must be a duration such as 30s, 5m or 250ms" },
    { 0, "explains: [{ rule: x/y, same: [hsot] }]", 11, 32, "'same' must be one of host, boot, unit, run, pid, did you mean 'host'?" },
    { 0, "explains: [{ rule: 'x y' }]", 11, 21, "'rule' must be a rule id such as kubelet/swap-enabled" },
    { 0, "explains: [x/y]", 11, 12, "an edge must be a map" },
    { 5, "  - name: a b", 5, 11, "'name' must be a word of letters, digits, '_' and '-'" },
    { 6, "    stream: a/b", 6, 13, "'stream' must be a stream or state/<kind>" },
    { 7, "    message_id: 12ab", 7, 17, "'message_id' must be 32 lower-case hex digits" },
    { 8, "    role: prof", 8, 11, "'role' must be one of proof, sign, context, against, did you mean 'proof'?" },
    { 0, "facts: { x: intger }", 11, 13, "'type' must be a fact type" },
    { 0, "facts: { x: [text, text] }", 11, 13, "a list of a type must have exactly one item" },
    { 0, "facts: { x: { typ: text } }", 11, 15, "a fact has no key 'typ', did you mean 'type'?" },
    { 0, "facts: x", 11, 8, "'facts' must be a map" },
    { 0, "when: { all: [a], any: [a] }", 11, 7, "a tree must have exactly one key" },
    { 0, "when: { count: { signal: a, at_least: 0 } }", 11, 39, "'at_least' must be a number above 0" },
    { 0, "tests:\n  - { name: n, input: i, expect_none: [x] }\nwhen: a", 13, 1, "'tests' must be the last key of the file" },
    { 8, "    role: proof\n    blind_spot: suppressed", 9, 17, "a signal with 'blind_spot' must have the role 'context'" },
    { 8, "    role: context\n    blind_spot: lost", 9, 17, "'blind_spot' must be one of suppressed, missed" },
    { 8, "    role: proof\n    where: { x: [1] }", 9, 17, "'x' must be a text" },
    { 10, "  s s: { from: fstab, any: { fstype: swap } }", 10, 3, "a name in 'state' must be a word of letters, digits, '_' and '-'" },
    /* patterns */
    { 7, "    pattern: 'some text ('", 7, 26, "missing closing parenthesis" },
    { 7, "    pattern: 'it''s ''text ('", 7, 29, "missing closing parenthesis" },
    { 7, "    pattern: some text (", 7, 25, "missing closing parenthesis" },
    { 7, "    pattern: \"some\\ttext (\"", 7, 15, "missing closing parenthesis" },
    { 7, "    pattern: '(?<x>\\d+)'", 7, 15, "the pattern has no fixed text of 4 or more bytes; add 'literal'" },
    { 7, "    literal: text", 5, 5, "a signal requires 'pattern' or 'message_id'" },
    { 7, "    message_id: 0123456789abcdef0123456789abcdef", 5, 5, "a signal without 'pattern' requires 'literal'" },
    { 8, "    role: proof\n    message_id: 0123456789abcdef0123456789abcdef\n    also: text", 10, 11, "a signal with 'message_id' cannot have 'also'" },
    { 8, "    role: proof\n    literal: \"a\\nb\"", 9, 15, "a literal cannot contain a newline" },
    { 8, "    role: proof\n    each: '['", 9, 13, "missing terminating ] for character class" },
    { 8, "    role: proof\n    block: { read: ['ab', '(a'] }", 9, 30, "missing closing parenthesis" },
    /* facts */
    { 8, "    role: proof\n    where: { y: 1 }", 9, 14, "unknown fact 'y', did you mean 'x'?" },
    { 8, "    role: proof\n    where: { longname: 1 }", 9, 14, "unknown fact 'longname'" },
    { 8, "    role: proof\n    where: { x: '< {limit}' }", 9, 18, "unknown fact 'limit'" },
    { 8, "    role: proof\n    where: { x: '> 5m' }", 9, 20, "the fact 'x' is of type integer, but '5m' is not" },
    { 8, "    role: proof\n    where: { x: '> 5m' }\nfacts: { x: bytes }", 9, 20, "the fact 'x' is of type bytes, but '5m' is not" },
    { 8, "    role: proof\n    where: { x: '> 100Mo' }", 9, 20, "'>' must be followed by a number or a {fact}" },
    { 8, "    role: proof\n    where: { x: '< much' }", 9, 20, "'<' must be followed by a number or a {fact}" },
    { 8, "    role: proof\n    where: { x: '>=90' }", 9, 18, "missing space after '>='" },
    { 8, "    role: proof\n    where: { x: '!=' }", 9, 20, "missing operand after '!='" },
    { 8, "    role: proof\n    where: { x: '~ a(b' }", 9, 23, "missing closing parenthesis" },
    { 8, "    role: proof\n    set: [{ if: { limit: 1 }, then: { z: 1 } }]", 9, 19, "unknown fact 'limit'" },
    { 8, "    role: proof\n    block: { lines: 4000 }", 9, 21, "'lines' can be at most 2048" },
    { 8, "    role: proof\n    block: { rows: { name: r, pattern: '(?<n>x)', top: rss } }", 9, 56, "unknown fact 'r.rss'" },
    { 0, "facts: { limit: bytes }", 11, 10, "unknown fact 'limit'" },
    { 0, "key: [limit]", 11, 7, "unknown fact 'limit'" },
    { 0, "when: { distinct: { signal: a, fact: limit, at_least: 2 } }", 11, 38, "unknown fact 'limit'" },
    /* names in the file */
    { 8, "    role: proof\n  - { name: a, stream: kubelet, pattern: 'some text', role: sign }", 9, 13, "the name 'a' is already in use" },
    { 5, "  - name: s", 5, 11, "the name 's' is already in use" },
    { 0, "when: b", 11, 7, "unknown signal or state 'b', did you mean 'a'?" },
    { 0, "when: { state: t }", 11, 16, "unknown state 't', did you mean 's'?" },
    { 0, "when: { unknown: [s, other] }", 11, 22, "unknown state 'other'" },
    { 0, "when: { count: { signal: s, at_least: 2 } }", 11, 26, "unknown signal 's', did you mean 'a'?" },
    { 0, "when: { sequence: { signals: [a, other] } }", 11, 34, "unknown signal 'other'" },
    { 0, "when: { absent: { signal: other } }", 11, 27, "unknown signal 'other'" },
    { 0, "when: { absent: { signal: a, after: other } }", 11, 37, "unknown signal 'other'" },
    { 0, "when: { absent: { signal: a, within: 5s } }", 11, 17, "'within' requires 'after' or 'before'" },
    { 0, "when: { absent: { signal: a, before: other } }", 11, 38, "unknown signal 'other'" },
    { 0, "when: { absent: { signal: a, after: a, before: a } }", 11, 48, "'before' and 'after' exclude each other" },
    { 0, "when: { all: [a, { any: [other] }] }", 11, 26, "unknown signal or state 'other'" },
    { 0, "confidence: { raised_by: [other] }", 11, 27, "unknown signal or state 'other'" },
    { 0, "remedies: [{ kind: now, do: it, if: other }]", 11, 37, "unknown signal or state 'other'" },
    { 0, "rules_out: [{ rule: x/y, if: other, because: b }]", 11, 30, "unknown signal or state 'other'" },
    /* states */
    { 10, "  s: { from: fstab }", 10, 6, "a state requires exactly one of 'any', 'all', 'none', 'count' and 'path'" },
    { 10, "  s: { from: fstab, path: a.b }", 10, 6, "'path' and 'equals' must be used together" },
    { 10, "  s: { from: fstab, count: { a: b } }", 10, 6, "'count' and 'at_least' must be used together" },
    /* tests */
    { 0, "tests: [{ name: n, input: i }]", 11, 9, "a test requires 'expect' or 'expect_none'" },
    { 0, "tests: [{ name: n, expect_none: [x] }]", 11, 9, "a test requires 'input' or 'state'" },
    { 0, "tests: [{ name: n, format: short, formats: [json], input: i, expect_none: [x] }]", 11, 44, "'format' and 'formats' cannot be used together" },
    /* names between files */
    { 6, "    stream: kublet", 6, 13, "unknown stream 'kublet', did you mean 'kubelet'?" },
    { 6, "    stream: [state/a, state/b]", 6, 23, "a signal can read only one kind of state file" },
    { 0, "explains: [{ rule: x/z }]", 11, 20, "unknown rule 'x/z', did you mean 'x/y'?" },
    { 0, "suppresses: [{ rule: other }]", 11, 22, "unknown rule 'other'" },
    { 0, "rules_out: [{ rule: other, because: b }]", 11, 21, "unknown rule 'other'" },
    { 0, "recovered_by: [other]", 11, 16, "unknown rule 'other'" },
    { 0, "explains: [{ rule: x/y }]", 11, 20, "a cycle: x/y explains x/y" },
};
/* clang-format on */

static void spoil(struct buf *buf, const struct row *row)
{
    for (size_t i = 0; i < N_ELEMENTS(good); i++) {
        buf_printf(buf, "%s\n", row && row->replaced == i + 1 ? row->text : good[i]);
    }
    if (row && !row->replaced) {
        buf_printf(buf, "%s\n", row->text);
    }
}

static int load(struct span text, struct error *reterr)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    int r;

    r = rule_set_add_text(set, "streams.yaml", "streams.yaml", SPAN(streams), true, reterr);
    assert_int_equal(r, 0);
    r = rule_set_add_text(set, "x/y", "dir/x/y.yaml", text, true, reterr);
    return r < 0 ? r : rule_set_finish(set, reterr);
}

static void takes_the_good_rule(void **state)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct error error = { 0 };

    (void)state;
    spoil(&text, NULL);
    if (load(buf_span(&text), &error) < 0) {
        fail_msg("%u:%u: %s", error.line, error.column, error.text);
    }
}

static bool row_holds(const struct row *row)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct error error = { 0 };
    int r;

    spoil(&text, row);
    r = load(buf_span(&text), &error);
    if (r == -EINVAL && error.line == row->line && error.column == row->column &&
        (!row->message || strcmp(error.text, row->message) == 0) &&
        strcmp(error.path, "dir/x/y.yaml") == 0 && load(buf_span(&text), NULL) == -EINVAL) {
        return true;
    }
    print_error("%s\n  gives %u:%u: %s\n", row->text, error.line, error.column, error.text);
    return false;
}

static void refuses_bad_rules(void **state)
{
    unsigned n_wrong = 0;

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        n_wrong += !row_holds(&rows[i]);
    }
    assert_int_equal(n_wrong, 0);
}

static void shows_the_line(void **state)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct error error = { 0 };

    (void)state;
    spoil(&text, &(struct row){ 7, "    pattern: 'some text ('", 0, 0, NULL });
    assert_int_equal(load(buf_span(&text), &error), -EINVAL);
    assert_string_equal(error.excerpt, "    pattern: 'some text ('");
}

/* `[[[[...`, `{a: {a: ...`, many keys, a huge file. */
static void refuses_hostile_files(void **state)
{
    static const struct {
        const char *head, *repeated;
        size_t n;
        const char *message;
    } hostile[] = {
        { "x: ", "[", 40, "nested more than 32 levels deep" },
        { "x: ", "[", 500000, NULL },
        { "x: ", "{a: ", 40, "nested more than 32 levels deep" },
        { "x: ", "{a: ", 200000, NULL },
        { "- ", "- ", 100000, NULL },
        { "", "? ", 100000, NULL },
        { "x: '", "aaaaaaaaaaaaaaaa", LIMIT_RULE_FILE_BYTES / 16, "larger than 1048576 bytes" },
        { "x: &a [*a, ", "*a, ", 1000, "anchors are not allowed" },
        { "%YAML 9.9\n", "%TAG ! !\n", 10000, NULL },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(hostile); i++) {
        CLEANUP(buf_done_at) struct buf text = { 0 };
        struct error error = { 0 };

        buf_add_string(&text, hostile[i].head);
        for (size_t j = 0; j < hostile[i].n; j++) {
            buf_add_string(&text, hostile[i].repeated);
        }
        assert_int_equal(load(buf_span(&text), &error), -EINVAL);
        if (hostile[i].message) {
            assert_string_equal(error.text, hostile[i].message);
        }
    }
}

static void refuses_too_many_keys(void **state)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct error error = { 0 };

    (void)state;
    for (int i = 0; i < 600; i++) {
        buf_printf(&text, "k%d: v\n", i);
    }
    assert_int_equal(load(buf_span(&text), &error), -EINVAL);
    assert_string_equal(error.text, "more than 512 keys");
    assert_int_equal(error.line, 513);
}

static int add_explaining(struct rule_set *set, const char *id, const char *target)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };

    spoil(&text, NULL);
    buf_printf(&text, "explains: [{ rule: %s }]\n", target);
    return rule_set_add_text(set, id, id, buf_span(&text), true, NULL);
}

static void tells_the_path_of_a_cycle(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    struct error error = { 0 };

    (void)state;
    assert_int_equal(rule_set_add_text(set, "streams.yaml", "s", SPAN(streams), true, NULL), 0);
    assert_int_equal(add_explaining(set, "a/start", "b"), 0);
    assert_int_equal(add_explaining(set, "b", "c/d"), 0);
    assert_int_equal(add_explaining(set, "c/d", "e"), 0);
    assert_int_equal(add_explaining(set, "e", "b"), 0);
    assert_int_equal(rule_set_finish(set, &error), -EINVAL);
    assert_string_equal(error.text, "a cycle: b explains c/d explains e explains b");
    assert_string_equal(error.path, "e");
    assert_int_equal(error.line, 11);
    assert_int_equal(error.column, 20);
}

static void refuses_bad_streams(void **state)
{
    static const struct {
        const char *text;
        unsigned line, column;
        const char *message;
    } bad[] = {
        { "kubelet: { unit: [a] }", 1, 12, "a stream has no key 'unit', did you mean 'units'?" },
        { "kubelet: { units: a }", 1, 19, "'units' must be a list" },
        { "kubelet: a", 1, 10, "a stream must be a map" },
        { "a b: {}", 1, 1, "the name of a stream must be a word of letters, digits, '_' and '-'" },
        { "", 1, 1, "streams.yaml must be a map" },
        { "node: []", 1, 7, "'node' must be a list" },
        { "node: [[a]]", 1, 8, "'node' must be a text" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(bad); i++) {
        CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
        struct error error = { 0 };

        assert_int_equal(
            rule_set_add_text(set, "streams.yaml", "s", span_of(bad[i].text), true, &error),
            -EINVAL);
        assert_string_equal(error.text, bad[i].message);
        assert_int_equal(error.line, bad[i].line);
        assert_int_equal(error.column, bad[i].column);
    }
}

static void refuses_too_many_streams(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct error error = { 0 };

    (void)state;
    for (int i = 0; i <= STREAMS_MAX; i++) {
        buf_printf(&text, "s%d: { anonymous: true }\n", i);
    }
    assert_int_equal(rule_set_add_text(set, "streams.yaml", "s", buf_span(&text), true, &error),
                     -EINVAL);
    assert_string_equal(error.text, "more than 64 streams");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_the_good_rule),   cmocka_unit_test(refuses_bad_rules),
        cmocka_unit_test(shows_the_line),        cmocka_unit_test(refuses_hostile_files),
        cmocka_unit_test(refuses_too_many_keys), cmocka_unit_test(tells_the_path_of_a_cycle),
        cmocka_unit_test(refuses_bad_streams),   cmocka_unit_test(refuses_too_many_streams),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

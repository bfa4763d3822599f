#include "rule/lint.h"

#include "base/buf.h"
#include "rule/load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const char streams[] = "kubelet: { identifiers: [kubelet] }\nnobody: {}\n";

/* A rule to name, which is not checked itself. */
static const char effect[] =
    "title: Z\nseverity: info\nexplain: Z\nsignals:\n"
    "  - { name: z, stream: kubelet, role: proof, pattern: 'zulu text' }\n";

/* A rule without fault; each row changes one of its lines. */
static const char *const good[] = {
    "title: T",                                       /* 1 */
    "severity: error",                                /* 2 */
    "explain: 'It has {x}.'",                         /* 3 */
    "signals:",                                       /* 4 */
    "  - { name: a, stream: kubelet, role: proof,",   /* 5 */
    "      pattern: 'some text (?<x>\\d+)' }",        /* 6 */
    "remedies: [{ kind: verify, do: Look }]",         /* 7 */
    "tests:",                                         /* 8 */
    "  - { name: p, input: i, expect: { root: r } }", /* 9 */
    "  - { name: n, input: i, expect_none: [r] }",    /* 10 */
};

/* clang-format off */
static const struct row {
    size_t replaced;
    const char *text;
    const char *code; /* NULL: nothing to say */
    unsigned line, column;
} rows[] = {
    { 0, "", NULL, 0, 0 },
    { 7, "remedies: [{ kind: now, do: It }]", "no-verify", 1, 1 },
    { 2, "severity: warning", NULL, 0, 0 },
    { 9, "  - { name: p, input: i, expect: { root: other } }", "no-positive-test", 1, 1 },
    { 9, "  - { name: p, input: i, expect: { findings: [r] } }", NULL, 0, 0 },
    { 9, "  - { name: p, input: i, expect: { folds: [r] } }", NULL, 0, 0 },
    { 10, "  - { name: n, input: i, expect_none: [other] }", "no-negative-test", 1, 1 },
    { 6, "      pattern: 'some text (?<x>\\d+)', literal: [text, abc] }", "short-literal", 5, 5 },
    { 6, "      pattern: 'some text (?<x>\\d+)', literal: some text }", "needless-literal", 6, 48 },
    { 6, "      pattern: 'some text (?<x>\\d+)', literal: 'text ' }", "needless-literal", 6, 49 },
    { 6, "      pattern: 'some text (?<x>\\d+)|another one', literal: [some text, other] }", "needless-literal", 6, 60 },
    { 6, "      pattern: 'some text (?<x>\\d+)|another one', literal: [some text, the other] }", NULL, 0, 0 },
    { 6, "      pattern: 'some text (?<x>\\d+)', literal: some text 1 }", NULL, 0, 0 },
    { 6, "      pattern: 'some text\\s+(?<x>\\d+)', literal: 'text  ' }", NULL, 0, 0 },
    { 6, "      pattern: '(?<x>\\d+)', literal: some text }", NULL, 0, 0 },
    { 6, "      pattern: '(?<x>\\d+)', literal: [some text, 'SyncLoop '] }", "common-literal", 6, 38 },
    { 6, "      pattern: 'ContainerStarted (?<x>\\d+)' }", "common-literal", 5, 5 },
    { 6, "      pattern: 'ContainerStarted (?<x>\\d+)', also: [moon, zeta] }", NULL, 0, 0 },
    { 6, "      pattern: 'ContainerStarted (?<x>\\d+)', also: [moon, SyncLoop] }", "common-literal", 5, 5 },
    { 6, "      pattern: 'ContainerStarted (?<x>\\d+) some text' }", NULL, 0, 0 },
    { 6, "      pattern: 'some text (?<x>\\d+)$' }", "end-anchor", 6, 17 },
    { 6, "      pattern: 'some text (?<x>\\d+)\\z' }", "end-anchor", 6, 17 },
    { 6, "      pattern: 'some text (?<x>\\d+) \\$' }", NULL, 0, 0 },
    { 6, "      pattern: 'some text (?<x>.+)$' }", NULL, 0, 0 },
    { 6, "      pattern: 'some text (?<x>\\S+)(?: and .*)?$' }", NULL, 0, 0 },
    { 6, "      pattern: 'some text (?<x>\\S+)\\s*$' }", NULL, 0, 0 },
    { 6, "      pattern: 'some text (?<x>\\d+)\\s*$' }", "end-anchor", 6, 17 },
    { 6, "      pattern: '^some text (?<x>now)\\.$' }", NULL, 0, 0 },
    { 5, "  - { name: b, stream: kubelet, role: proof, pattern: 'other text' }\n  - { name: a, stream: kubelet, role: context,", NULL, 0, 0 },
    { 6, "      pattern: 'some text (?<x>\\d+) \\\\$' }", "end-anchor", 6, 17 },
    { 5, "  - { name: a, stream: state/swaps, role: proof,", NULL, 0, 0 },
    { 6, "      pattern: 'some text(?<x>(?:a+)+)b' }", "slow-pattern", 6, 17 },
    { 6, "      pattern: '(?<x>some) moon', each: '^(?:\\w+\\s?)*;' }", "slow-pattern", 6, 42 },
    { 6, "      pattern: '(?<x>some) moon', block: { read: ['^(?:\\w+\\s?)*;'] } }", "slow-pattern", 6, 52 },
    { 6, "      pattern: 'some (moon) (?<x>\\d+)' }", "unnamed-group", 6, 17 },
    { 6, "      pattern: 'some text (?<x>\\d+) []()] \\( [^](] (?:a|b)(?=c)' }", NULL, 0, 0 },
    { 6, "      pattern: '(?<x>some) moon', each: '[(](\\d+)' }", "unnamed-group", 6, 42 },
    { 7, "  - { name: b, stream: kubelet, role: context, pattern: 'other text' }\nremedies: [{ kind: verify, do: Look }]", NULL, 0, 0 },
    { 7, "  - { name: b, stream: kubelet, role: sign, pattern: 'other text' }\nremedies: [{ kind: verify, do: Look }]", NULL, 0, 0 },
    { 7, "  - { name: b, stream: kubelet, role: sign, pattern: 'other text' }\nwhen: a\nremedies: [{ kind: verify, do: Look }]", "idle-signal", 7, 5 },
    { 7, "  - { name: b, stream: kubelet, role: sign, pattern: 'other text' }\nwhen: { all: [a, b] }\nremedies: [{ kind: verify, do: Look }]", NULL, 0, 0 },
    { 7, "  - { name: b, stream: kubelet, role: context, run: begins, pattern: 'other text' }\nremedies: [{ kind: verify, do: Look }]", NULL, 0, 0 },
    { 2, "severity: error\nexplains: [{ rule: z }]", "unbounded-edge", 3, 20 },
    { 2, "severity: error\nexplains: [{ rule: z, same: [host, boot] }]", "unbounded-edge", 3, 20 },
    { 2, "severity: error\nexplains: [{ rule: z, within: 5m }]", NULL, 0, 0 },
    { 2, "severity: error\nexplains: [{ rule: z, same: [run] }]", NULL, 0, 0 },
    { 5, "  - { name: a, stream: nobody, role: proof,", "mute-stream", 5, 5 },
    { 5, "  - { name: a, stream: kubelet, role: context,", "no-proof", 1, 1 },
};
/* clang-format on */

static void write_rule(struct buf *buf, const struct row *row)
{
    for (size_t i = 0; i < N_ELEMENTS(good); i++) {
        buf_printf(buf, "%s\n", row->replaced == i + 1 ? row->text : good[i]);
    }
}

static void load(struct rule_set *set, struct span text)
{
    struct error error = { 0 };
    int r;

    r = rule_set_add_text(set, "streams.yaml", "streams.yaml", SPAN(streams), true, &error);
    if (r >= 0) {
        r = rule_set_add_text(set, "r", "r.yaml", text, true, &error);
    }
    if (r >= 0) {
        r = rule_set_add_text(set, "z", "z.yaml", SPAN(effect), false, &error);
    }
    if (r >= 0) {
        r = rule_set_finish(set, &error);
    }
    if (r < 0) {
        fail_msg("%u:%u: %s", error.line, error.column, error.text);
    }
}

static bool row_holds(const struct row *row)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct lint_issues found;
    const struct lint_issue *first;

    write_rule(&text, row);
    load(set, buf_span(&text));
    found = lint_rules(rule_set_rules(set), arena);
    first = found.n ? &found.items[0] : NULL;
    if (!row->code
            ? !first
            : first && strcmp(first->code, row->code) == 0 && first->place.line == row->line &&
                  first->place.column == row->column && strcmp(first->rule, "r") == 0) {
        return true;
    }
    print_error("%s\n  gives %s at %u:%u\n", row->text, first ? first->code : "nothing",
                first ? first->place.line : 0, first ? first->place.column : 0);
    return false;
}

static void finds_what_will_disappoint(void **state)
{
    unsigned n_wrong = 0;

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        n_wrong += !row_holds(&rows[i]);
    }
    assert_int_equal(n_wrong, 0);
}

/* Each documented check has a row above that fires it. */
static void every_check_is_tested(void **state)
{
    (void)state;
    for (const struct lint_check_name *check = lint_check_names; check->code; check++) {
        size_t n = 0;

        for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
            n += rows[i].code && strcmp(rows[i].code, check->code) == 0;
        }
        if (!n) {
            fail_msg("no row for %s", check->code);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_will_disappoint),
        cmocka_unit_test(every_check_is_tested),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

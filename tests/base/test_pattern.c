#include "base/pattern.h"

#include "base/limits.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

static struct pattern *compiled(const char *text)
{
    struct pattern *pattern = NULL;
    struct error error = { 0 };

    if (pattern_compile(span_of(text), &pattern, &error) < 0) {
        fail_msg("%s: %s", text, error.text);
    }
    return pattern;
}

static void matches(void **state)
{
    const struct {
        const char *pattern;
        struct span subject;
        size_t start;
        int expected;
        const char *whole;
    } rows[] = {
        { "swap", SPAN("Running with swap on"), 0, 1, "swap" },
        { "(?i)SWAP", SPAN("swap"), 0, 1, "swap" },
        { "swap", SPAN("swap on swap"), 1, 1, "swap" },
        { "swap", SPAN("swap"), 1, 0, NULL },
        { "swap", SPAN("swap"), 5, 0, NULL }, /* behind its end */
        { "^swap", SPAN("a swap"), 2, 0, NULL },
        { "$", SPAN(""), 0, 1, "" },
        { "x*", { NULL, 0 }, 0, 1, "" },
        { "a.b",
          SPAN("a\xff"
               "b a\xc3\xa9"
               "b"),
          0, 1,
          "a\xc3\xa9"
          "b" },                                /* a bad byte matches nothing */
        { "a\\x00b", SPAN("a\0b"), 0, 1, "a" }, /* compared up to the NUL below */
        { "foo\\Kbar", SPAN("foobar"), 0, 1, "bar" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(pattern_free_at) struct pattern *pattern = compiled(rows[i].pattern);
        struct span whole;

        assert_int_equal(pattern_match(pattern, rows[i].subject, rows[i].start), rows[i].expected);
        whole = pattern_whole(pattern);
        assert_int_equal(whole.data != NULL, rows[i].whole != NULL);
        if (rows[i].whole) {
            assert_true(span_starts(whole, span_of(rows[i].whole)));
        }
    }
}

static void names_every_group_once(void **state)
{
    CLEANUP(pattern_free_at)
    struct pattern *pattern =
        compiled("(?<b>\\d+) KiB of (?<a>\\w+)|(?<a>\\w+): (?<b>\\d+)(?<c>x)?");

    (void)state;
    assert_int_equal(pattern_n_groups(pattern), 3);
    assert_true(span_is(pattern_group_name(pattern, 0), "a"));
    assert_true(span_is(pattern_group_name(pattern, 1), "b"));
    assert_null(pattern_group(pattern, 0).data); /* nothing was matched yet */
    assert_int_equal(pattern_match(pattern, SPAN("used 7 KiB of swap"), 0), 1);
    assert_true(span_is(pattern_group(pattern, 0), "swap"));
    assert_true(span_is(pattern_group(pattern, 1), "7"));
    assert_int_equal(pattern_match(pattern, SPAN("swap: 8"), 0), 1);
    assert_true(span_is(pattern_group(pattern, 0), "swap"));
    assert_true(span_is(pattern_group(pattern, 1), "8"));
    assert_null(pattern_group(pattern, 2).data);
    assert_int_equal(pattern_match(pattern, SPAN("nothing"), 0), 0);
    assert_null(pattern_group(pattern, 0).data); /* the earlier match is forgotten */
}

static void refuses_what_is_no_pattern(void **state)
{
    static const struct {
        const char *text;
        unsigned column;
    } rows[] = {
        { "swap (on", 9 },  { "a)b", 2 },    { "[a-", 4 },     { "é(", 3 }, { "\\C", 3 },
        { "(?<a-b>x)", 5 }, { "a{2,1}", 6 }, { "(?P<n>x", 8 }, { "*x", 1 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct pattern *pattern = NULL;
        struct error error = { 0 };

        assert_int_equal(pattern_compile(span_of(rows[i].text), &pattern, &error), -EINVAL);
        assert_null(pattern);
        assert_true(error.text[0] != '\0');
        if (error.column != rows[i].column) {
            fail_msg("%s: column %u: %s", rows[i].text, error.column, error.text);
        }
        assert_int_equal(pattern_compile(span_of(rows[i].text), &pattern, NULL), -EINVAL);
    }
}

/* Each of these runs for years without limits. */
static void is_stopped_by_its_limits(void **state)
{
    static const char *const patterns[] = {
        "^(a+)+$", "^(?:a|aa)+$", "(*NO_JIT)^(a+)+$", /* the interpreter has the same limits */
        "(*LIMIT_MATCH=4000000000)^(a+)+$",           /* a pattern can only lower them */
    };
    char text[64];
    clock_t start = clock();

    (void)state;
    memset(text, 'a', sizeof(text));
    text[sizeof(text) - 1] = '!';
    for (size_t i = 0; i < N_ELEMENTS(patterns); i++) {
        CLEANUP(pattern_free_at) struct pattern *pattern = compiled(patterns[i]);
        int r = pattern_match(pattern, (struct span){ text, sizeof(text) }, 0);

        if (r != -E2BIG) {
            fail_msg("%s: %d", patterns[i], r);
        }
        assert_null(pattern_whole(pattern).data);
        assert_int_equal(pattern_match(pattern, SPAN("zzz"), 0), 0); /* and is of use afterwards */
    }
    assert_true((clock() - start) / CLOCKS_PER_SEC < 20);
}

/* Needs more than the 32 KiB that JIT code takes of the machine's stack. */
static void gets_a_stack_when_it_needs_one(void **state)
{
    CLEANUP(pattern_free_at) struct pattern *pattern = compiled("^(?:(?<a>a)|b)*c");
    size_t size = 8000;
    char *text = malloc(size);

    (void)state;
    assert_non_null(text);
    memset(text, 'a', size);
    text[size - 1] = 'c';
    assert_int_equal(pattern_match(pattern, (struct span){ text, size }, 0), 1);
    assert_int_equal(pattern_whole(pattern).size, size);
    free(text);
}

static void accepts_null(void **state)
{
    (void)state;
    pattern_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches),
        cmocka_unit_test(names_every_group_once),
        cmocka_unit_test(refuses_what_is_no_pattern),
        cmocka_unit_test(is_stopped_by_its_limits),
        cmocka_unit_test(gets_a_stack_when_it_needs_one),
        cmocka_unit_test(accepts_null),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

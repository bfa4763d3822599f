#include "match/prefilter.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A span for tables that are static. */
#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

enum {
    MANY_BYTES = 80 * 1024
}; /* so many are searched with the compiled database */

static const struct prefilter_literal literals[] = {
    { TEXT("Failed to start cAdvisor"), false, 0 },
    { TEXT("to start"), false, 1 },
    { TEXT("OUT of Memory"), true, 2 },
    { TEXT("aa"), false, 3 },
    { TEXT("a\0b"), false, 4 },
    { TEXT("\xff\xfe"), false, 5 },
    { TEXT("no space left"), false, 6 },
    { TEXT("No space left"), false, 6 },
};

/* Is the scan's answer these ids, in the order of ends? */
static void check_scan(struct prefilter *prefilter, struct span text, const char *expected)
{
    const struct prefilter_hit *hits;
    struct buf got = { 0 };
    size_t n;

    assert_int_equal(prefilter_scan(prefilter, text, &hits, &n), 0);
    buf_add_string(&got, "");
    for (size_t i = 0; i < n; i++) {
        buf_printf(&got, "%u", hits[i].id);
        assert_true(hits[i].end <= text.size);
        assert_true(i == 0 || hits[i - 1].end <= hits[i].end);
    }
    assert_string_equal(got.data, expected);
    buf_done(&got);
}

/* Both searches give the same answers. */
static void test_rows(void **state)
{
    static const struct {
        struct span text;
        const char *expected;
    } rows[] = {
        { TEXT(""), "" },
        { TEXT("a"), "" },
        { TEXT("Failed to start cAdvisor"), "10" },
        { TEXT("Failed to start cAdviso"), "1" },
        { TEXT("failed to start cAdvisor\nto start"), "11" },
        { TEXT("kernel: out OF mEMORY: Killed"), "2" },
        { TEXT("out of memor"), "" },
        { TEXT("aaaaaaaa"), "3" }, /* once for each line */
        { TEXT("aaaa\naaaa\n\naa"), "333" },
        { TEXT("a\0b"), "4" },
        { TEXT("a"), "" },
        { TEXT("\xff\xff\xfe"), "5" },
        { TEXT("no space left, No space left\nNo space left\n"), "666" },
        { TEXT("no space\nleft"), "" },
    };
    static char padding[MANY_BYTES];
    struct prefilter *few = NULL, *many = NULL;

    (void)state;
    memset(padding, '.', sizeof(padding));
    assert_int_equal(prefilter_new(literals, N_ELEMENTS(literals), &few, NULL), 0);
    assert_int_equal(prefilter_new(literals, N_ELEMENTS(literals), &many, NULL), 0);
    check_scan(many, (struct span){ padding, sizeof(padding) }, "");
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        check_scan(few, rows[i].text, rows[i].expected);
        check_scan(many, rows[i].text, rows[i].expected);
    }
    prefilter_free(few);
    prefilter_free(many);
    prefilter_free(NULL);
}

static void test_few_literals(void **state)
{
    static const struct prefilter_literal some[] = {
        { TEXT("a"), false, 7 },
        { TEXT("Z"), true, 8 },
        { TEXT("az"), false, 9 },
    };
    struct prefilter *prefilter = NULL;

    (void)state;
    assert_int_equal(prefilter_new(NULL, 0, &prefilter, NULL), 0);
    check_scan(prefilter, SPAN("anything"), "");
    prefilter_free(prefilter);
    assert_int_equal(prefilter_new(some, N_ELEMENTS(some), &prefilter, NULL), 0);
    check_scan(prefilter, SPAN("bab\na\nzaza\nZ"), "778798");
    prefilter_free(prefilter);
}

/* Random texts of few letters: both searches name the same literals for the same lines. */
static void test_same_answers(void **state)
{
    static const struct prefilter_literal words[] = {
        { TEXT("ab"), false, 1 },   { TEXT("aba"), false, 2 },   { TEXT("BA"), true, 3 },
        { TEXT("abab"), false, 4 }, { TEXT("bbbbb"), false, 5 }, { TEXT("a b"), true, 6 },
    };
    static char text[MANY_BYTES];
    struct prefilter *few = NULL, *many = NULL;
    const struct prefilter_hit *hits, *others;
    struct prefilter_hit *copy;
    size_t n, n_others;
    unsigned random = 7;

    (void)state;
    assert_int_equal(prefilter_new(words, N_ELEMENTS(words), &many, NULL), 0);
    assert_int_equal(prefilter_scan(many, (struct span){ text, sizeof(text) }, &hits, &n), 0);
    for (int round = 0; round < 200; round++) {
        for (size_t i = 0; i < 300; i++) {
            random = random * 1103515245 + 12345;
            text[i] = "abAB \n"[(random >> 16) % 6];
        }
        assert_int_equal(prefilter_new(words, N_ELEMENTS(words), &few, NULL), 0);
        assert_int_equal(prefilter_scan(few, (struct span){ text, 300 }, &hits, &n), 0);
        copy = alloc_zeroed(n, sizeof(*copy));
        if (n > 0) {
            memcpy(copy, hits, n * sizeof(*copy));
        }
        assert_int_equal(prefilter_scan(many, (struct span){ text, 300 }, &others, &n_others), 0);
        assert_int_equal(n, n_others);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(copy[i].end, others[i].end);
        }
        free(copy);
        prefilter_free(few);
    }
    prefilter_free(many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_few_literals),
        cmocka_unit_test(test_same_answers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

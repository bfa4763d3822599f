#include "match/prefilter.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/vec.h"

#include <stdlib.h>
#include <strings.h>

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
    struct buf got = { 0 };
    size_t n;
    const struct literal_hit *hits = prefilter_scan(prefilter, text, &n);

    buf_add_string(&got, "");
    for (size_t i = 0; i < n; i++) {
        buf_printf(&got, "%u", hits[i].id);
        assert_true(hits[i].end <= text.size);
        assert_true(i == 0 || hits[i - 1].end <= hits[i].end);
    }
    assert_string_equal(got.data, expected);
    buf_done(&got);
}

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
        { TEXT("aaaa\x1e"
               "aaaa,aa\naa"),
          "333" }, /* and record */
        { TEXT("a\0b"), "4" },
        { TEXT("a"), "" },
        { TEXT("\xff\xff\xfe"), "5" },
        { TEXT("no space left, No space left\nNo space left\n"), "666" },
        { TEXT("no space\nleft"), "" },
    };
    struct prefilter *prefilter = prefilter_new(literals, N_ELEMENTS(literals));

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        check_scan(prefilter, rows[i].text, rows[i].expected);
    }
    prefilter_free(prefilter);
    prefilter_free(NULL);
}

static void test_few_literals(void **state)
{
    static const struct prefilter_literal some[] = {
        { TEXT("a"), false, 7 },
        { TEXT("Z"), true, 8 },
        { TEXT("az"), false, 9 },
    };
    struct prefilter *prefilter = prefilter_new(NULL, 0);

    (void)state;
    check_scan(prefilter, SPAN("anything"), "");
    prefilter_free(prefilter);
    prefilter = prefilter_new(some, N_ELEMENTS(some));
    check_scan(prefilter, SPAN("bab\na\nzaza\nZ"), "778798");
    prefilter_free(prefilter);
}

/* A literal of every length is found wherever it begins and whatever is around it, also at the ends
 * of the text, and with one byte less it is not. */
static void test_every_place(void **state)
{
    static const char letters[] = "kubelet: out of \xc3\xa9 memory: F010 [99%]";

    (void)state;
    for (size_t size = 1; size < sizeof(letters); size++) {
        struct prefilter_literal literal = { { letters, size }, size % 2 == 0, 0 };
        struct prefilter *prefilter = prefilter_new(&literal, 1);

        for (size_t before = 0; before < 70; before++) {
            for (size_t after = 0; after < 3; after++) {
                char text[128];
                size_t n;

                memset(text, '#', sizeof(text));
                memcpy(text + before, letters, size);
                (void)prefilter_scan(prefilter, (struct span){ text, before + size + after }, &n);
                assert_int_equal(n, 1);
                (void)prefilter_scan(prefilter, (struct span){ text, before + size - 1 }, &n);
                assert_int_equal(n, 0);
            }
        }
        prefilter_free(prefilter);
    }
}

/* --- random texts of few letters, against a search for each literal by itself --- */

static unsigned next_random(unsigned *seed, unsigned n)
{
    *seed = *seed * 1103515245 + 12345;
    return (*seed >> 16) % n;
}

static struct span make_text(unsigned *seed, size_t size, char *buffer)
{
    for (size_t i = 0; i < size; i++) {
        buffer[i] = "abAB0 %\n"[next_random(seed, 8)];
    }
    return (struct span){ buffer, size };
}

static bool is_at(const struct prefilter_literal *literal, struct span text)
{
    struct span here = span_head(text, literal->text.size);

    return here.size == literal->text.size &&
           (literal->caseless ? strncasecmp(here.data, literal->text.data, here.size) == 0
                              : span_equal(here, literal->text));
}

/* Where the first of each literal in each line ends. */
static size_t count_expected(const struct prefilter_literal *literal, struct span text,
                             bool *ret_ends)
{
    bool seen = false;
    size_t n = 0;

    for (size_t i = 0; i < text.size; i++) {
        bool here = is_at(literal, span_skip(text, i));

        if (text.data[i] == '\n') {
            seen = false;
        } else if (here && !seen) {
            seen = true;
            ret_ends[i + literal->text.size] = true;
            n++;
        }
    }
    return n;
}

static void check_random(const struct prefilter_literal *some, size_t n_some, struct span text)
{
    struct prefilter *prefilter = prefilter_new(some, n_some);
    size_t n, n_expected = 0;
    const struct literal_hit *hits = prefilter_scan(prefilter, text, &n);

    for (size_t i = 0; i < n_some; i++) {
        bool *ends = alloc_zeroed(text.size + 1, sizeof(*ends));

        n_expected += count_expected(&some[i], text, ends);
        for (size_t j = 0; j < n; j++) {
            assert_true(hits[j].id != some[i].id || ends[hits[j].end]);
            assert_true(j == 0 || hits[j - 1].end < hits[j].end ||
                        (hits[j - 1].end == hits[j].end && hits[j - 1].id < hits[j].id));
        }
        free(ends);
    }
    assert_int_equal(n, n_expected);
    prefilter_free(prefilter);
}

static void test_random(void **state)
{
    enum {
        N_LITERALS = 12
    };
    unsigned seed = 7;

    (void)state;
    for (int round = 0; round < 400; round++) {
        struct prefilter_literal some[N_LITERALS] = { 0 };
        char texts[N_LITERALS][16], text[300];

        for (uint32_t i = 0; i < N_LITERALS; i++) {
            some[i].text = make_text(&seed, 1 + next_random(&seed, 12), texts[i]);
            some[i].caseless = next_random(&seed, 3) == 0;
            some[i].id = i;
            for (size_t j = 0; j < some[i].text.size; j++) {
                texts[i][j] = texts[i][j] == '\n' ? 'a' : texts[i][j];
            }
        }
        check_random(some, N_LITERALS, make_text(&seed, next_random(&seed, 300), text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_few_literals),
        cmocka_unit_test(test_every_place),
        cmocka_unit_test(test_random),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

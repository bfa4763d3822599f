#include "signal/fact.h"
#include "signal/fact_number.h"

#include "base/calendar.h"
#include "base/limits.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NOTHING NAN

static void check_near(double got, double expected)
{
    assert_true(fabs(got - expected) <= fabs(expected) * 1e-12);
}

static void test_numbers(void **state)
{
    static const struct {
        enum fact_type type;
        const char *text;
        double number; /* NOTHING: has none */
    } rows[] = {
        { FACT_INTEGER, "23143", 23143 },
        { FACT_INTEGER, "-9", -9 },
        { FACT_INTEGER, " 7 ", 7 },
        { FACT_INTEGER, "", NOTHING },
        { FACT_INTEGER, "-", NOTHING },
        { FACT_INTEGER, "12x", NOTHING },
        { FACT_INTEGER, "0x10", NOTHING },
        { FACT_INTEGER, "nan", NOTHING },
        { FACT_TEXT, "5", NOTHING },
        { FACT_PATH, "5", NOTHING },

        { FACT_BYTES, "1022357504", 1022357504 },
        { FACT_BYTES, "1.5Gi", 1610612736 },
        { FACT_BYTES, "975 MiB", 1022361600 },
        { FACT_BYTES, "10MB", 1e7 },
        { FACT_BYTES, "1500m", NOTHING },
        { FACT_BYTES, "MiB", NOTHING },
        { FACT_KIBIBYTES, "8388604", 8388604.0 * 1024 },
        { FACT_KIBIBYTES, "24094024 kB", 24094024.0 * 1024 },
        { FACT_KIBIBYTES, "1 MB", NOTHING },
        { FACT_PAGES, "262144", 1073741824 },
        { FACT_PAGES, "262144kB", NOTHING },

        { FACT_PERCENT, "92%", 92 },
        { FACT_PERCENT, "92", 92 },
        { FACT_PERCENT, "0.5 %", 0.5 },
        { FACT_PERCENT, "92x", NOTHING },
        { FACT_FRACTION, "0.1", 10 },
        { FACT_FRACTION, "10%", 10 },

        { FACT_QUANTITY, "100Mi", 104857600 },
        { FACT_QUANTITY, "24094024Ki", 24094024.0 * 1024 },
        { FACT_QUANTITY, "1500m", 1.5 },
        { FACT_QUANTITY, "12e6", 12e6 },
        { FACT_QUANTITY, "1E3", 1000 },
        { FACT_QUANTITY, "2E", 2e18 },
        { FACT_QUANTITY, "0", 0 },
        { FACT_QUANTITY, "{{104857600 0} {<nil>} 100Mi BinarySI}", 104857600 },
        { FACT_QUANTITY, "{{15 -1} {<nil>}  DecimalSI}", 1.5 },
        { FACT_QUANTITY, "{{104857600 0} {<nil>}  BinarySI}", 104857600 },
        { FACT_QUANTITY, "{{0 0} {0xc0004a2f60} 100Mi BinarySI}", 104857600 },
        { FACT_QUANTITY, "{i:{value:104857600 scale:0} d:{Dec:<nil>} s:100Mi Format:BinarySI}",
          104857600 },
        { FACT_QUANTITY, "{{104857600 99} {<nil>} 100Mi BinarySI}", NOTHING },
        { FACT_QUANTITY, "{{", NOTHING },
        { FACT_QUANTITY, "{", NOTHING },
        { FACT_QUANTITY, "100Xi", NOTHING },
        { FACT_QUANTITY, "1e99", NOTHING },
        { FACT_QUANTITY, "Mi", NOTHING },

        { FACT_DURATION, "5m0s", 300e6 },
        { FACT_DURATION, "250ms", 250e3 },
        { FACT_DURATION, "{5m0s}", 300e6 },
        { FACT_DURATION, "{Duration:5m0s}", 300e6 },
        { FACT_DURATION, "5", NOTHING },
        { FACT_DURATION, "soon", NOTHING },
        { FACT_DURATION, "{", NOTHING },

        { FACT_TIME, "1970-01-01T00:00:01Z", 1e6 },
        { FACT_TIME, "2019-04-07T22:06:29.503369-07:00", 1554699989503369 },
        { FACT_TIME, "2019-04-07 22:06:29.503369 -0700 PDT m=+0.1", 1554699989503369 },
        { FACT_TIME, "2019-04-07 22:06:29", 1554674789e6 },
        { FACT_TIME, "2019-13-07 22:06:29", NOTHING },
        { FACT_TIME, "2019-04-07", NOTHING },
        { FACT_TIME, "", NOTHING },
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct fact fact = fact_parse(SPAN("x"), rows[i].type, span_of(rows[i].text), arena);

        if (fact.has_number == !!isnan(rows[i].number)) {
            fail_msg("%s: has_number is %d", rows[i].text, fact.has_number);
        }
        if (fact.has_number) {
            check_near(fact.number, rows[i].number);
        }
    }
    arena_free(arena);
}

static void test_texts(void **state)
{
    static const struct {
        enum fact_type type;
        const char *text, *expected;
    } rows[] = {
        { FACT_POD, "weave-net-3svfg_kube-system(e5a5d474-5d4a-11e9-a5c2-0050569f3d5b)",
          "kube-system/weave-net-3svfg" },
        { FACT_POD, "\"weave-net-3svfg_kube-system(e5a5d474)\"", "kube-system/weave-net-3svfg" },
        { FACT_POD, "coredns_kube-system", "kube-system/coredns" },
        { FACT_POD, "kube-system/coredns", "kube-system/coredns" },
        { FACT_POD, "\"kube-system/coredns\"", "kube-system/coredns" },
        { FACT_POD, "coredns", "coredns" },
        { FACT_POD, "_", "_" },
        { FACT_POD, "a_", "a_" },
        { FACT_POD, "\"", "\"" },
        { FACT_POD, "", "" },
        { FACT_QUANTITY, "{{104857600 0} {<nil>} 100Mi BinarySI}", "100Mi" },
        { FACT_QUANTITY, "{{5 0} {<nil>}  BinarySI}", "{{5 0} {<nil>}  BinarySI}" },
        { FACT_TEXT, " as it stands ", " as it stands " },
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct fact fact = fact_parse(SPAN("x"), rows[i].type, span_of(rows[i].text), arena);

        assert_string_equal(fact.text.data, rows[i].expected);
    }
    arena_free(arena);
}

static void test_human(void **state)
{
    static const struct {
        enum fact_type type;
        const char *text, *expected;
    } rows[] = {
        { FACT_BYTES, "1022357504", "975 MiB" },
        { FACT_BYTES, "512", "512 B" },
        { FACT_BYTES, "0", "0 B" },
        { FACT_BYTES, "1048575", "1 MiB" },
        { FACT_BYTES, "1610612736", "1.5 GiB" },
        { FACT_BYTES, "10737418240", "10 GiB" },
        { FACT_BYTES, "many", "many" },
        { FACT_KIBIBYTES, "8388604", "8 GiB" },
        { FACT_PAGES, "262144", "1 GiB" },
        { FACT_PERCENT, "92", "92 %" },
        { FACT_PERCENT, "99.50%", "99.5 %" },
        { FACT_FRACTION, "0.1", "10 %" },
        { FACT_DURATION, "5m", "5 min" },
        { FACT_QUANTITY, "24094024Ki", "23 GiB" },
        { FACT_QUANTITY, "1500m", "1500m" },
        { FACT_INTEGER, "0007", "0007" },
        { FACT_TEXT, "text", "text" },
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct fact fact = fact_parse(SPAN("x"), rows[i].type, span_of(rows[i].text), arena);
        struct buf buf = { 0 };

        fact_add_human(&buf, &fact);
        assert_string_equal(buf.data, rows[i].expected);
        buf_done(&buf);
    }
    arena_free(arena);
}

static void test_json_names(void **state)
{
    static const struct {
        enum fact_type type;
        const char *name, *expected;
    } rows[] = {
        { FACT_KIBIBYTES, "size", "size_bytes" },   { FACT_PAGES, "rss", "rss_bytes" },
        { FACT_BYTES, "size_bytes", "size_bytes" }, { FACT_DURATION, "age", "age_us" },
        { FACT_PERCENT, "used", "used" },           { FACT_TEXT, "device", "device" },
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct fact fact = { .name = span_of(rows[i].name), .type = rows[i].type };

        assert_string_equal(fact_json_name(&fact, arena).data, rows[i].expected);
    }
    arena_free(arena);
}

static void test_type_names(void **state)
{
    (void)state;
    for (enum fact_type type = 0; type < FACT_TYPES; type++) {
        assert_int_equal(fact_type_from_name(span_of(fact_type_name(type))), type);
    }
    assert_int_equal(fact_type_from_name(SPAN("float")), FACT_TYPES);
    assert_int_equal(fact_type_from_name(span_of(NULL)), FACT_TYPES);
    assert_null(fact_type_name(FACT_TYPES));
}

/* What a rule's author compares with, in the unit of the fact. */
static void test_right_sides(void **state)
{
    static const struct {
        enum fact_type type;
        const char *text;
        double number;
    } rows[] = {
        { FACT_FRACTION, "90", 90 },          { FACT_PERCENT, "90%", 90 },
        { FACT_KIBIBYTES, "4096", 4096 },     { FACT_PAGES, "1Mi", 1048576 },
        { FACT_DURATION, "5m", 300e6 },       { FACT_DURATION, "5", 5 },
        { FACT_QUANTITY, "1Gi", 1073741824 }, { FACT_INTEGER, "-1", -1 },
    };
    double number;

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        assert_true(fact_number(rows[i].type, span_of(rows[i].text), &number));
        check_near(number, rows[i].number);
    }
    assert_false(fact_number(FACT_INTEGER, SPAN("many"), &number));
}

static void test_compare(void **state)
{
    struct arena *arena = arena_new();
    struct fact small = fact_parse(SPAN("x"), FACT_QUANTITY, SPAN("900Mi"), arena);
    struct fact large = fact_parse(SPAN("x"), FACT_QUANTITY, SPAN("1Gi"), arena);
    struct fact a = fact_parse(SPAN("x"), FACT_TEXT, SPAN("a"), arena);
    struct fact ab = fact_parse(SPAN("x"), FACT_TEXT, SPAN("ab"), arena);
    struct fact empty = fact_parse(SPAN("x"), FACT_TEXT, SPAN(""), arena);

    (void)state;
    assert_true(fact_compare(&small, &large) < 0);
    assert_true(fact_compare(&large, &small) > 0);
    assert_int_equal(fact_compare(&small, &small), 0);
    assert_true(fact_compare(&a, &ab) < 0);
    assert_true(fact_compare(&empty, &a) < 0);
    assert_int_equal(fact_compare(&empty, &empty), 0);
    arena_free(arena);
}

/* Any bytes are a text of at most so many bytes, whatever the type. */
static void test_hostile(void **state)
{
    static char text[LIMIT_FACT_BYTES * 2];
    static const char alphabet[] = "0019.-+eE{}: %MKi_/(\"\n\0\xff:Ts";
    struct arena *arena = arena_new();
    unsigned random = 1;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        size_t n = (random >> 16) % (round % 100 ? 40 : sizeof(text));

        for (size_t i = 0; i < n; i++) {
            random = random * 1103515245 + 12345;
            text[i] = alphabet[(random >> 16) % (sizeof(alphabet) - 1)];
        }
        for (enum fact_type type = 0; type < FACT_TYPES; type++) {
            struct fact fact = fact_parse(SPAN("x"), type, (struct span){ text, n }, arena);
            struct buf buf = { 0 };

            assert_true(fact.text.size <= LIMIT_FACT_BYTES);
            assert_true(!fact.has_number || isfinite(fact.number));
            fact_add_human(&buf, &fact);
            buf_done(&buf);
        }
        random = random * 1103515245 + 12345;
        arena_clear(arena);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),    cmocka_unit_test(test_texts),
        cmocka_unit_test(test_human),      cmocka_unit_test(test_json_names),
        cmocka_unit_test(test_type_names), cmocka_unit_test(test_right_sides),
        cmocka_unit_test(test_compare),    cmocka_unit_test(test_hostile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "format_test.h"

#include "format/glued.h"

static void decodes(void **state)
{
    static const struct {
        const char *record, *message;
        int year; /* of the stamp that was taken away */
    } rows[] = {
        { "E0905 10:00:00.000000     812 kubelet.go:2461] node not found",
          "E0905 10:00:00.000000     812 kubelet.go:2461] node not found", 0 },
        { "2016-07-22T11:50:41.310422203Z I0722 11:50:41.310120       1 server.go:202] Using",
          "I0722 11:50:41.310120       1 server.go:202] Using", 2016 },
        { "Line 81243: 172.20.191.184: E0905 10:00:00.000000     812 kubelet.go:2461] not found",
          "E0905 10:00:00.000000     812 kubelet.go:2461] not found", 0 },
        { "Line 81243: of a poem", "Line 81243: of a poem", 0 },
    };
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct format_context context = { .year = 2024, .year_month = 6, .arena = arena };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct logtime time = { 0 };
        struct entry entry;

        assert_int_equal(glued_decode(&context, NULL, span_of(rows[i].record), &time, &entry), 1);
        if (!span_is(entry.message, rows[i].message) || time.civil.year != rows[i].year) {
            fail_msg("%s: %.*s (%d)", rows[i].record, (int)entry.message.size, entry.message.data,
                     time.civil.year);
        }
    }
}

/* A web console's stamp gives the year; one with a zone gives all of the time. */
static void refines(void **state)
{
    static const int64_t JANUARY_1_2025_US = 1735689600LL * 1000000;
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct format_context context = { .arena = arena };
    struct logtime console = { .civil = { .year = 2024, .month = 12, .day = 31, .hour = 23 } };
    struct logtime stamp = { .civil = { .year = 2025, .month = 1, .day = 1 }, .zone_known = true };
    struct moment when = MOMENT_UNKNOWN;

    (void)state;
    when.time_us = JANUARY_1_2025_US - 54LL * 366 * 86400 * 1000000;
    glued_refine(&context, &console, &when);
    assert_true(when.year_known);

    when.monotonic_us = 5;
    glued_refine(&context, &stamp, &when);
    assert_int_equal(when.time_us, JANUARY_1_2025_US);
    assert_int_equal(when.monotonic_us, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes),
        cmocka_unit_test(refines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "base/calendar.h"

#include "base/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

/* civil_to_us() against the C library, day by day, and back. */
static void days(void **state)
{
    (void)state;
    for (int64_t day = -719162; day < 2932896; day += 37) {
        time_t seconds = (time_t)(day * 86400 + 3661);
        struct civil civil = civil_from_us((int64_t)seconds * USEC_PER_SEC + 7);
        struct tm tm;

        assert_non_null(gmtime_r(&seconds, &tm));
        assert_int_equal(civil.year, tm.tm_year + 1900);
        assert_int_equal(civil.month, tm.tm_mon + 1);
        assert_int_equal(civil.day, tm.tm_mday);
        assert_int_equal(civil.hour, tm.tm_hour);
        assert_int_equal(civil.minute, tm.tm_min);
        assert_int_equal(civil.second, tm.tm_sec);
        assert_int_equal(civil.usec, 7);
        assert_true(civil_valid(&civil));
        assert_int_equal(civil_to_us(&civil), (int64_t)seconds * USEC_PER_SEC + 7);
    }
}

static void validity(void **state)
{
    static const struct {
        struct civil civil;
        bool valid;
    } rows[] = {
        { { 2024, 2, 29, 0, 0, 0, 0 }, true },       { { 2023, 2, 29, 0, 0, 0, 0 }, false },
        { { 1900, 2, 29, 0, 0, 0, 0 }, false },      { { 2000, 2, 29, 0, 0, 0, 0 }, true },
        { { 2024, 4, 31, 0, 0, 0, 0 }, false },      { { 2024, 0, 1, 0, 0, 0, 0 }, false },
        { { 2024, 13, 1, 0, 0, 0, 0 }, false },      { { 2024, 1, 0, 0, 0, 0, 0 }, false },
        { { 0, 1, 1, 0, 0, 0, 0 }, false },          { { 2024, 1, 1, 24, 0, 0, 0 }, false },
        { { 2024, 1, 1, 23, 59, 60, 0 }, true },     { { 2024, 1, 1, 23, 60, 0, 0 }, false },
        { { 2024, 1, 1, 0, 0, 0, 1000000 }, false },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        assert_int_equal(civil_valid(&rows[i].civil), rows[i].valid);
    }
}

static void months(void **state)
{
    (void)state;
    assert_int_equal(calendar_month(SPAN("Jan")), 1);
    assert_int_equal(calendar_month(SPAN("december")), 12);
    assert_int_equal(calendar_month(SPAN("MAY")), 5);
    assert_int_equal(calendar_month(SPAN("Juno")), 0);
    assert_int_equal(calendar_month(SPAN("Ju")), 0);
    assert_int_equal(calendar_month(SPAN("")), 0);
}

static void zones(void **state)
{
    static const struct {
        const char *text;
        int minutes;
        bool known;
    } rows[] = {
        { "Z", 0, true },        { "UTC", 0, true },      { "GMT", 0, true },
        { "+02:00", 120, true }, { "-0700", -420, true }, { "+0430", 270, true },
        { "+02", 120, true },    { "PDT", -420, true },   { "CST", -360, true },
        { "CEST", 0, false },    { "+2", 0, false },      { "+24:00", 0, false },
        { "+02:60", 0, false },  { "0200", 0, false },    { "", 0, false },
        { "+02-00", 0, false },  { "utc", 0, false },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        int minutes = 0;

        if (calendar_zone(span_of(rows[i].text), &minutes) != rows[i].known) {
            fail_msg("%s", rows[i].text);
        }
        assert_int_equal(minutes, rows[i].minutes);
    }
}

static void printing(void **state)
{
    CLEANUP(buf_done_at) struct buf buf = { 0 };
    const struct civil civil = { 2019, 4, 8, 5, 6, 29, 0 };
    int64_t us = civil_to_us(&civil);

    (void)state;
    calendar_add_rfc3339(&buf, us, -420, true);
    buf_add_byte(&buf, '|');
    calendar_add_rfc3339(&buf, us + 503369, 0, true);
    buf_add_byte(&buf, '|');
    calendar_add_rfc3339(&buf, us + 503000, 0, false);
    assert_string_equal(buf.data, "2019-04-07T22:06:29-07:00|2019-04-08T05:06:29.503369Z|"
                                  "2019-04-08T05:06:29.503-00:00");
}

static void durations_for_people(void **state)
{
    static const struct {
        int64_t us;
        const char *text;
    } rows[] = {
        { 0, "0 s" },
        { 5000, "5 ms" },
        { 3200000, "3.2 s" },
        { 30 * USEC_PER_SEC, "30 s" },
        { 5 * USEC_PER_MINUTE, "5 min" },
        { 2 * USEC_PER_HOUR + 10 * USEC_PER_MINUTE, "2 h 10 min" },
        { 24 * USEC_PER_HOUR, "24 h" },
        { 9 * USEC_PER_DAY, "9 days" },
        { -5 * USEC_PER_MINUTE, "-5 min" },
        { 999, "1 ms" },
        { 150000, "0.2 s" },
        { 1999000, "2 s" },
        { 9960000, "10 s" },
        { 59600000, "1 min" },
        { 90 * USEC_PER_SEC, "1 min 30 s" },
        { USEC_PER_HOUR - 1, "1 h" },
        { 2 * USEC_PER_HOUR + 59 * USEC_PER_MINUTE + 40 * USEC_PER_SEC, "3 h" },
        { 2 * USEC_PER_DAY + 20 * USEC_PER_HOUR, "2 days 20 h" },
        { INT64_MIN, "-106751991 days 4 h" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(buf_done_at) struct buf buf = { 0 };

        calendar_add_duration(&buf, rows[i].us);
        assert_string_equal(buf.data, rows[i].text);
    }
}

static void durations_of_programs(void **state)
{
    static const struct {
        const char *text;
        int64_t us; /* -1: refused */
    } rows[] = {
        { "30s", 30000000 },
        { "250ms", 250000 },
        { "1m30s", 90000000 },
        { "1h0m0.5s", 3600500000 },
        { "2h", 2 * USEC_PER_HOUR },
        { "1d", USEC_PER_DAY },
        { "1min 30s", 90000000 },
        { "3m0s", 180000000 },
        { "", -1 },
        { "30", -1 },
        { "s", -1 },
        { "5 fortnights", -1 },
        { "-3s", -1 },
        { "99999999999999999999s", -1 },
        { "9223372036854775807h", -1 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        int64_t us = -1;

        if (calendar_duration(span_of(rows[i].text), &us) != (rows[i].us >= 0)) {
            fail_msg("%s", rows[i].text);
        }
        assert_int_equal(us, rows[i].us);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days),
        cmocka_unit_test(validity),
        cmocka_unit_test(months),
        cmocka_unit_test(zones),
        cmocka_unit_test(printing),
        cmocka_unit_test(durations_for_people),
        cmocka_unit_test(durations_of_programs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

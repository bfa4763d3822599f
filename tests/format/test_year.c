#include "format_test.h"

#include "format/year.h"

static const int64_t JULY_2024_US = 1720000000LL * 1000000;

static void from_where(void **state)
{
    static const struct {
        const char *head;
        int64_t stamp_us, file_time_us;
        const char *from;
        int year, month;
    } rows[] = {
        { "text\n", TIME_UNKNOWN, TIME_UNKNOWN, YEAR_UNKNOWN, 0, 0 },
        { "text\n", TIME_UNKNOWN, JULY_2024_US, YEAR_FROM_FILE_TIME, 2024, 7 },
        { "-- Logs begin at Sun 2019-04-07 20:03:02 PDT, end at Mon 2019-05-06 22:08:53 PDT. --\n",
          TIME_UNKNOWN, JULY_2024_US, YEAR_FROM_HEADER, 2019, 5 },
        { "x\n-- Journal begins at Sun 2019-04-07 20:03:02 UTC, ends at Mon 2020-01-06 22:08:53 "
          "UTC. --",
          TIME_UNKNOWN, TIME_UNKNOWN, YEAR_FROM_HEADER, 2020, 1 },
        { "-- Logs begin at Sun 2019-04-07 20:03:02 PDT. --\n, end at Mon 2019-05-06 22:08:53 UTC",
          TIME_UNKNOWN, TIME_UNKNOWN, YEAR_UNKNOWN, 0, 0 },
        { "-- Logs begin at ", TIME_UNKNOWN, TIME_UNKNOWN, YEAR_UNKNOWN, 0, 0 },
        /* up to half a year after the stamp */
        { "text\n", JULY_2024_US, TIME_UNKNOWN, YEAR_FROM_STAMP, 2025, 1 },
        { "text\n", JULY_2024_US - 90 * 86400 * 1000000LL, TIME_UNKNOWN, YEAR_FROM_STAMP, 2024,
          10 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct format_context context = { 0 };
        struct moment first = MOMENT_UNKNOWN;
        const char *from;

        first.time_us = rows[i].stamp_us;
        first.year_known = rows[i].stamp_us != TIME_UNKNOWN;
        from = year_find(span_of(rows[i].head), &first, rows[i].file_time_us, &context);
        if (from != rows[i].from || context.year != rows[i].year ||
            context.year_month != rows[i].month) {
            fail_msg("%s: %s, %d-%d", rows[i].head, from, context.year, context.year_month);
        }
    }
}

/* Dates in the text that are near the first timestamp, the 20th of August. */
static void from_dates(void **state)
{
    static const struct {
        const char *head;
        const char *from;
        int year;
    } rows[] = {
        { "Log file created at: 2019/08/20 20:28:26\n", YEAR_FROM_DATE, 2020 },
        { "| start | Thu, 19 Aug 2021 14:14:29 CST |\n", YEAR_FROM_DATE, 2022 },
        { "2021-03-01 first\nx (2019-08-21T00:00:00Z)\n", YEAR_FROM_DATE, 2020 },
        /* not of the same year, of another time, no dates */
        { "2019-08-20\n2020-08-20\n", YEAR_FROM_FILE_TIME, 2024 },
        { "certificate expires 2020-08-20\n", YEAR_FROM_FILE_TIME, 2024 },
        { "12019-08-20 2019-08-201 2019-08/20 2019-13-40 1 Foo 2019\n", YEAR_FROM_FILE_TIME, 2024 },
        { "2019-05-20\n", YEAR_FROM_FILE_TIME, 2024 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct format_context context = { 0 };
        struct moment first = MOMENT_UNKNOWN;
        const char *from;

        first.time_us = civil_to_us(&(struct civil){ .year = 2000, .month = 8, .day = 20 });
        from = year_find(span_of(rows[i].head), &first, JULY_2024_US, &context);
        if (from != rows[i].from || context.year != rows[i].year) {
            fail_msg("%s: %s, %d", rows[i].head, from, context.year);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_where),
        cmocka_unit_test(from_dates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

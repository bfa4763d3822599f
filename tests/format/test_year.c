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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_where),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

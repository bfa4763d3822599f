/* Times of -S and -U. The expected values of the rows that systemd accepts are those that
 * `TZ=Europe/Berlin systemd-analyze timestamp` 252 gives, the relative ones counted from NOW. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "base/cleanup.h"
#include "source/time_words.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#define SECONDS(n) (INT64_C(n) * USEC_PER_SEC)
#define NOW        SECONDS(1795252431) /* Sat 2026-11-21 10:13:51 in Berlin */

static void test_times(void **state)
{
    static const struct {
        const char *words;
        int64_t us;
    } rows[] = {
        { "now", NOW },
        { "today", SECONDS(1795215600) },
        { "yesterday", SECONDS(1795129200) },
        { "tomorrow", SECONDS(1795302000) },
        { "today UTC", SECONDS(1795219200) },
        { "2026-11-20 10:00", SECONDS(1795165200) },
        { "2026-11-20   10:00", SECONDS(1795165200) },
        { "2026-11-20 10:00 UTC", SECONDS(1795168800) },
        { "2026-11-20 10:00:60", SECONDS(1795165260) },
        { "2026-11-20", SECONDS(1795129200) },
        { "26-1-2", SECONDS(1767308400) },
        { "26-1-2 3:4", SECONDS(1767319440) },
        { "Fri 2026-11-20 10:00:00.5", SECONDS(1795165200) + 500000 },
        { "friday 2026-11-20", SECONDS(1795129200) },
        { "FRI 2026-11-20", SECONDS(1795129200) },
        { "10:0", SECONDS(1795251600) },
        { "10:00:5", SECONDS(1795251605) },
        { "@1700000000", SECONDS(1700000000) },
        { "@5.5", SECONDS(5) + 500000 },
        { "@1700000000.123456789", SECONDS(1700000000) + 123456 },
        { "2026-03-29 02:30", SECONDS(1774747800) }, /* does not exist: clocks go forward */
        { "-2h", NOW - SECONDS(7200) },
        { "-2hours3", NOW - SECONDS(7203) },
        { "-1h 30min", NOW - SECONDS(5400) },
        { "-1.5h", NOW - SECONDS(5400) },
        { "-.5h", NOW - SECONDS(1800) },
        { "- 2h", NOW - SECONDS(7200) },
        { "-3", NOW - SECONDS(3) },
        { "-1M", NOW - SECONDS(2629800) },
        { "-1m", NOW - SECONDS(60) },
        { "-1week1day", NOW - SECONDS(691200) },
        { "-1\u00b5s", NOW - 1 },
        { "2 hours ago", NOW - SECONDS(7200) },
        { "1 month ago", NOW - SECONDS(2629800) },
        { "1h2m ago", NOW - SECONDS(3720) },
        { "1h left", NOW + SECONDS(3600) },
        { "+1h", NOW + SECONDS(3600) },
        { "+ 2h", NOW + SECONDS(7200) },
        /* ours alone: what a line of another log shows can be pasted */
        { "2026-11-20T10:00:00Z", SECONDS(1795168800) },
        { "2026-11-20T10:00:00+02:00", SECONDS(1795161600) },
        { "2026-11-20T10:00:00.250-0700", SECONDS(1795194000) + 250000 },
        { " now ", NOW },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct error error = { 0 };
        int64_t us;

        if (time_words_parse(rows[i].words, NOW, &us, &error) < 0) {
            fail_msg("'%s': %s", rows[i].words, error.text);
        }
        if (us != rows[i].us) {
            fail_msg("'%s': off by %lld us", rows[i].words, (long long)(us - rows[i].us));
        }
    }
}

static void test_not_times(void **state)
{
    static const char *const rows[] = {
        "",
        "-",
        "+",
        "@",
        "@-5",
        "3",
        "2 hours",
        "now ago",
        "now UTC",
        "+2h UTC",
        "TODAY",
        "Fri 10:00",
        "Thu 2026-11-20", /* it was a Friday */
        "2026-11-20 10",
        "2026-11-20 24:00",
        "2026-11-20 10:61",
        "2026-13-01",
        "0026-11-20",
        "1969-12-31",
        "-1 fortnight",
        "-99999999999999999999y",
        "-1e9h",
        "2026-11-20 10:00 Middle/Earth",
        "2026-11-20 10:00:",
        "2026-11-20x",
        "kubelet",
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct error error = { 0 };
        int64_t us = 42;

        if (time_words_parse(rows[i], NOW, &us, &error) != -EINVAL) {
            fail_msg("'%s' was taken as %lld", rows[i], (long long)us);
        }
        assert_int_equal(us, 42);
        assert_true(error.text[0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_not_times),
    };

    (void)setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1); /* Berlin, where no tzdata is installed */
    tzset();
    return cmocka_run_group_tests(tests, NULL, NULL);
}

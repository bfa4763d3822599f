#include "input/bundle_clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define JUNE_12 1718187280 /* 2024-06-12 10:14:40 UTC */

struct row {
    const char *text;
    int64_t collected_s; /* 0: unknown */
    bool is_utc;
    int zone_minutes; /* -1: unknown */
    int64_t uptime_s; /* -1: unknown */
};

static const struct row rows[] = {
    { "Wed Jun 12 10:14:40 UTC 2024\n", JUNE_12, true, 0, -1 },
    { "Wed 12 Jun 2024 10:14:40 AM UTC\n", JUNE_12, true, 0, -1 },
    { "Wed Jun 12 10:14:40 PM UTC 2024\n", JUNE_12 + 12 * 3600, true, 0, -1 },
    { "Wed Jun 12 06:14:40 EDT 2024\n", JUNE_12, true, -240, -1 },
    /* the abbreviation is of no known zone */
    { "Wed Jun 12 12:14:40 CEST 2024\n", JUNE_12 + 2 * 3600, false, -1, -1 },
    { "               Local time: Wed 2024-06-12 12:14:40 CEST\n"
      "           Universal time: Wed 2024-06-12 10:14:40 UTC\n"
      "                 RTC time: Wed 2024-06-12 10:14:40\n"
      "                Time zone: Europe/Paris (CEST, +0200)\n",
      JUNE_12, true, 120, -1 },
    { "Wed Jun 12 12:14:40 CEST 2024\n      Time zone: Europe/Paris (CEST, +0200)\n", JUNE_12, true,
      120, -1 },
    /* of the machine that collected, not of the node */
    { "2024-06-12 10:10:02.11 +0000 UTC m=+0.1\n2024-06-12 10:14:40.2 +0000 UTC m=+278.2\n",
      JUNE_12, true, -1, -1 },
    /* sos's manifest; per-plugin times are within them */
    { "Wed Jun 12 10:14:40 UTC 2024\n\"start_time\": \"2024-06-12 10:14:30.5\",\n"
      "    \"end_time\": \"2024-06-12 10:14:40\",\n",
      JUNE_12, true, 0, -1 },
    { "\"start_time\": \"2024-06-12 10:14:40\",\n", JUNE_12, false, -1, -1 },
    { "267134.51 1034200.17\n", 0, false, -1, 267134 },
    { " 10:14:40 up 3 days,  2:11,  1 user,  load average: 0.20, 0.14, 0.09\n", 0, false, -1,
      3 * 86400 + 2 * 3600 + 11 * 60 },
    { " 10:14:40 up 11 min,  0 users,  load average: 0.20, 0.14, 0.09\n", 0, false, -1, 660 },
    { "date: command not found\nWed Foo 12 10:14:40 UTC 2024\n1 2\n up \n", 0, false, -1, -1 },
    { "", 0, false, -1, -1 },
};

static void test_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *row = &rows[i];
        struct bundle_clock clock;
        int64_t collected_s;

        bundle_clock_read(span_of(row->text), &clock);
        collected_s = clock.collected_us == TIME_UNKNOWN ? 0 : clock.collected_us / USEC_PER_SEC;
        if (collected_s != row->collected_s || clock.is_utc != row->is_utc ||
            (clock.zone_known ? clock.zone_minutes : -1) != row->zone_minutes ||
            (clock.uptime_us == TIME_UNKNOWN ? -1 : clock.uptime_us / USEC_PER_SEC) !=
                row->uptime_s) {
            fail_msg("%s: %lld %d, %d %d, %lld", row->text, (long long)collected_s, clock.is_utc,
                     clock.zone_known, clock.zone_minutes, (long long)clock.uptime_us);
        }
    }
}

static const struct {
    const char *name;
    int64_t collected_s; /* 0: it does not say */
} names[] = {
    { "support-bundle-2024-06-12T10_14_40/", JUNE_12 },
    { "insp.tar.gz!inspection-report-20240612_101440/", JUNE_12 },
    { "eks_i-0a1b2c3d4e5f6_2024-06-12_1014-UTC_0.7.9.tar.gz!", JUNE_12 - 40 },
    { "sosreport-n1-2024-06-12-abcdefg/", JUNE_12 - 36880 + 86399 },
    { "202406121014_sonobuoy_7f3c.tar.gz!", JUNE_12 - 40 },
    { "must-gather.local.2024061299999999999/", 0 },
    { "case-2024-13-45/", 0 },
    { "n1/", 0 },
    { "", 0 },
};

static void test_read_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct bundle_clock clock;

        bundle_clock_read((struct span){ 0 }, &clock);
        bundle_clock_read_name(span_of(names[i].name), &clock);
        assert_int_equal(clock.collected_us == TIME_UNKNOWN ? 0 : clock.collected_us / USEC_PER_SEC,
                         names[i].collected_s);
        assert_int_equal(clock.is_utc, strstr(names[i].name, "-UTC") != NULL);
    }
}

static void test_since(void **state)
{
    struct bundle_clock clock;

    (void)state;
    bundle_clock_read(SPAN("2024-06-12 10:10:02 +0000 UTC\n2024-06-12 10:14:40 +0000 UTC\n"),
                      &clock);
    assert_true(clock.since_us == ((int64_t)JUNE_12 - 278) * USEC_PER_SEC);
    bundle_clock_read(SPAN("\"start_time\": \"2024-06-12 10:14:40\",\n"), &clock);
    assert_true(clock.since_us == ((int64_t)JUNE_12 - 14 * 3600) * USEC_PER_SEC);
    bundle_clock_read((struct span){ 0 }, &clock);
    assert_true(clock.since_us == TIME_UNKNOWN);
}

static const struct {
    const char *path;
    int zone_minutes;            /* -1: unknown */
    int64_t crashed_s, spread_s; /* 0: it does not say */
} crashes[] = {
    { "sys/fs/pstore/dmesg-efi_pstore-171820003001001", -1, 1718200030 - 5, 10 },
    { "var/lib/systemd/pstore/1718200030/001/dmesg-efi-171820003001001", -1, 1718200030 - 5, 10 },
    { "var/crash/127.0.0.1-2024-06-12-10:14:40/vmcore-dmesg.txt", 0, JUNE_12 - 600, 600 },
    { "var/crash/127.0.0.1-2024-06-12-12:14:40/vmcore-dmesg.txt", 120, JUNE_12 - 600, 600 },
    { "var/crash/202406121014/dmesg.202406121014", 0, JUNE_12 - 40 - 600, 600 },
    { "var/crash/127.0.0.1-2024-06-12-10:14:40/vmcore-dmesg.txt", -1, JUNE_12 - 600 - 14 * 3600,
      600 + 28 * 3600 },
    { "support-bundle-2024-06-12T10_14_40/sys/fs/pstore/dmesg-ramoops-0", 0, 0, 0 },
    { "vmcore-dmesg.txt", 0, 0, 0 },
};

static void test_read_crash(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(crashes) / sizeof(crashes[0]); i++) {
        const struct bundle_clock clock = { .zone_known = crashes[i].zone_minutes >= 0,
                                            .zone_minutes = crashes[i].zone_minutes };
        int64_t crashed_us = 0, spread_us = 0;
        bool found =
            bundle_clock_read_crash(span_of(crashes[i].path), &clock, &crashed_us, &spread_us);

        assert_int_equal(found, crashes[i].crashed_s != 0);
        assert_int_equal(crashed_us / USEC_PER_SEC, crashes[i].crashed_s);
        assert_int_equal(spread_us / USEC_PER_SEC, crashes[i].spread_s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_read),
                                        cmocka_unit_test(test_read_name),
                                        cmocka_unit_test(test_read_crash),
                                        cmocka_unit_test(test_since) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "format_test.h"

#include "base/cleanup.h"
#include "format/logtime.h"

struct row {
    bool (*take)(struct span *rest, struct logtime *ret);
    const char *text;
    const char *time; /* RFC 3339 in the context below, NULL: refused */
    const char *rest;
};

/* In May 2024, in a zone that nobody told. */
static const struct format_context context = { .year = 2024, .year_month = 5 };

static const struct row rows[] = {
    { logtime_iso, "2024-06-12T13:46:40Z x", "2024-06-12T13:46:40Z", " x" },
    { logtime_iso, "2024-06-12T13:46:40+0000 x", "2024-06-12T13:46:40Z", " x" },
    { logtime_iso, "2024-06-12T13:46:40.123456+02:00", "2024-06-12T13:46:40.123456+02:00", "" },
    { logtime_iso, "2026-11-21T03:03:37,000000+00:00 x", "2026-11-21T03:03:37Z", " x" },
    { logtime_iso, "2016-07-22T11:50:41.310422203Z I", "2016-07-22T11:50:41.310422Z", " I" },
    { logtime_iso, "2024-06-12 13:46:40 x", "2024-06-12T13:46:40-00:00", " x" },
    { logtime_iso, "2024-02-30T13:46:40Z", NULL, NULL },
    { logtime_iso, "2024-06-12T24:46:40Z", NULL, NULL },
    { logtime_iso, "2024-06-12", NULL, NULL },
    { logtime_iso, "0000-06-12T13:46:40Z", NULL, NULL },
    { logtime_iso, "12024-06-12T13:46:40Z", NULL, NULL },

    { logtime_full, "Wed 2024-06-12 13:46:40 UTC node", "2024-06-12T13:46:40Z", " node" },
    { logtime_full, "Sun 2019-04-07 22:08:53 PDT. --", "2019-04-07T22:08:53-07:00", ". --" },
    { logtime_full, "Sun 2019-04-14 17:47:24 +0430. --", "2019-04-14T17:47:24+04:30", ". --" },
    { logtime_full, "Fri 2019-11-01 10:35:35 IST. --", "2019-11-01T10:35:35-00:00", ". --" },
    { logtime_full, "Mi 2024-06-12 13:46:40 node-a x", "2024-06-12T13:46:40-00:00", " node-a x" },
    { logtime_full, "2024-06-12 13:46:40 UTC", NULL, NULL },

    { logtime_month, "Apr 07 22:06:29 host", "2024-04-07T22:06:29-00:00", " host" },
    { logtime_month, "Apr  7 22:06:29 host", "2024-04-07T22:06:29-00:00", " host" },
    { logtime_month, "Jun 12 13:46:40.000001 h", "2023-06-12T13:46:40.000001-00:00", " h" },
    { logtime_month, "Feb 29 00:00:00", "2024-02-29T00:00:00-00:00", "" },
    { logtime_month, "Jun 12 2019 13:46:40", "2019-06-12T13:46:40-00:00", "" },
    { logtime_month, "10月 16 09:50:55 u", "2023-10-16T09:50:55-00:00", " u" },
    { logtime_month, "5月 30 00:18:46", "2024-05-30T00:18:46-00:00", "" },
    { logtime_month, "10월 16 09:50:55", "2023-10-16T09:50:55-00:00", "" },
    { logtime_month, "Okt 16 09:50:55", "2023-10-16T09:50:55-00:00", "" },
    { logtime_month, "Mär 16 09:50:55", "2024-03-16T09:50:55-00:00", "" },
    { logtime_month, "Dez 16 09:50:55", "2023-12-16T09:50:55-00:00", "" },
    { logtime_month, "juil. 16 09:50:55", "2023-07-16T09:50:55-00:00", "" },
    { logtime_month, "févr. 16 09:50:55", "2024-02-16T09:50:55-00:00", "" },
    { logtime_month, "août 16 09:50:55", "2023-08-16T09:50:55-00:00", "" },
    { logtime_month, "ene 16 09:50:55", "2024-01-16T09:50:55-00:00", "" },
    { logtime_month, "ago 16 09:50:55", "2023-08-16T09:50:55-00:00", "" },
    { logtime_month, "мая 16 09:50:55", "2024-05-16T09:50:55-00:00", "" },
    { logtime_month, "окт 16 09:50:55", "2023-10-16T09:50:55-00:00", "" },
    { logtime_month, "mrt 16 09:50:55", "2024-03-16T09:50:55-00:00", "" },
    { logtime_month, "out 16 09:50:55", "2023-10-16T09:50:55-00:00", "" },
    { logtime_month, "Foo 07 22:06:29", NULL, NULL },
    { logtime_month, "Apr 31 22:06:29", NULL, NULL },
    { logtime_month, "Apr 07 22:06", NULL, NULL },
    { logtime_month, "Apr 07 25:06:29", NULL, NULL },
    { logtime_month, "13月 16 09:50:55", NULL, NULL },
    { logtime_month, "0月 16 09:50:55", NULL, NULL },
    { logtime_month, "Apr", NULL, NULL },
    { logtime_month, "", NULL, NULL },

    { logtime_ctime, "Sat Jun 15 10:00:00 2024] x", "2024-06-15T10:00:00-00:00", "] x" },
    { logtime_ctime, "Sa Okt  5 10:00:00 2024", "2024-10-05T10:00:00-00:00", "" },
    { logtime_ctime, "Sat Jun 15 10:00:00", NULL, NULL },

    { logtime_unix, "1718200000.000001 node", "2024-06-12T13:46:40.000001Z", " node" },
    { logtime_unix, "1718200000 node", NULL, NULL },
    { logtime_unix, "171820000.5", NULL, NULL },
    { logtime_unix, "17182000001.5", NULL, NULL },

    { logtime_klog, "0407 22:06:29.503369   19593", "2024-04-07T22:06:29.503369-00:00",
      "   19593" },
    { logtime_klog, "1307 22:06:29.503369", NULL, NULL },
    { logtime_klog, "0007 22:06:29.503369", NULL, NULL },
    { logtime_klog, "0407", NULL, NULL },

    { logtime_day, "Nov21 03:03]", "2023-11-21T03:03:00-00:00", "]" },
    { logtime_day, "Nov 21 03:03", NULL, NULL },

    { logtime_screen, "7/29/2017 11:23:35 PMW0729", "2017-07-29T23:23:35-00:00", "W0729" },
    { logtime_screen, "7/29/2017 12:23:35 AM x", "2017-07-29T00:23:35-00:00", " x" },
    { logtime_screen, "7/29/2017 13:23:35 PM", NULL, NULL },
    { logtime_screen, "7/29/2017 11:23:35", NULL, NULL },
    { logtime_screen, "29/7/2017 11:23:35 PM", NULL, NULL },
};

static void forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(buf_done_at) struct buf buf = { 0 };
        struct span rest = span_of(rows[i].text);
        struct logtime time;
        struct moment moment;

        if (rows[i].take(&rest, &time) != (rows[i].time != NULL)) {
            fail_msg("%s", rows[i].text);
        }
        if (!rows[i].time) {
            assert_true(span_is(rest, rows[i].text));
            continue;
        }
        moment = logtime_moment(&time, &context);
        calendar_add_rfc3339(&buf, moment.time_us, moment.zone_minutes, moment.zone_known);
        assert_string_equal(buf.data, rows[i].time);
        assert_true(span_is(rest, rows[i].rest));
    }
}

static void leaves_out(void **state)
{
    const struct format_context nothing = { 0 };
    struct span rest = SPAN("Feb 29 22:06:29"), clock = SPAN("11:09:35 host");
    struct logtime time;
    struct moment moment;

    (void)state;
    assert_true(logtime_month(&rest, &time));
    moment = logtime_moment(&time, &nothing);
    assert_false(moment.year_known);
    assert_false(moment.zone_known);
    assert_int_equal(civil_from_us(moment.time_us).year, 2000);
    assert_true(logtime_clock(&clock, &time));
    assert_int_equal(logtime_moment(&time, &nothing).time_us, TIME_UNKNOWN);
}

static void uptime(void **state)
{
    static const struct {
        const char *text;
        int64_t us; /* -1: refused */
    } uptimes[] = {
        { "[    1.234567] x", 1234567 },
        { "[1375956.718910] x", 1375956718910 },
        { "[699038.621945]", 699038621945 },
        { "[23143] 0", -1 },
        { "[ 1.5", -1 },
        { "[Sat Jun 15 10:00:00 2024]", -1 },
        { "1.5]", -1 },
        { "[]", -1 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(uptimes); i++) {
        struct span rest = span_of(uptimes[i].text);
        int64_t us = -1;

        assert_int_equal(logtime_uptime(&rest, &us), uptimes[i].us >= 0);
        assert_int_equal(us, uptimes[i].us);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms),
        cmocka_unit_test(leaves_out),
        cmocka_unit_test(uptime),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

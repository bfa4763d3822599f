#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "entry/journal_fields.h"

#include <stdlib.h>
#include <time.h>

/* A flood of fields in front hides neither host nor PID, and the list stays within its limit. */
static void test_flood(void **state)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct journal_fields fields = { .arena = arena };
    struct entry entry = entry_empty();

    (void)state;
    for (size_t i = 0; i < 10 * LIMIT_FIELDS; i++) {
        journal_fields_add(&fields, SPAN("FLOOD"), SPAN("x"));
    }
    journal_fields_add(&fields, SPAN("_HOSTNAME"), SPAN("node01"));
    journal_fields_add(&fields, SPAN("_PID"), SPAN("7"));
    journal_fields_fill(&fields, &entry);
    assert_true(span_is(entry.host, "node01"));
    assert_int_equal(entry.pid, 7);
    assert_int_equal(entry.n_fields, LIMIT_FIELDS);
    assert_true(arena_size(arena) < 3 * LIMIT_FIELDS * sizeof(struct field));
}

/* What no field says stays as it was; what is no number says nothing. */
static void test_unknown(void **state)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct journal_fields fields = { .arena = arena };
    struct entry entry = entry_empty();

    (void)state;
    entry.host = SPAN("kept");
    journal_fields_add(&fields, SPAN("_PID"), SPAN("-1"));
    journal_fields_add(&fields, SPAN("PRIORITY"), SPAN("8"));
    journal_fields_add(&fields, SPAN("__REALTIME_TIMESTAMP"), SPAN("18446744073709551615"));
    journal_fields_add(&fields, SPAN("_HOSTNAME"), SPAN(""));
    journal_fields_fill(&fields, &entry);
    assert_true(span_is(entry.host, "kept"));
    assert_int_equal(entry.pid, -1);
    assert_int_equal(entry.severity, SEVERITY_UNKNOWN);
    assert_true(entry.when.time_us == TIME_UNKNOWN && !entry.when.year_known);
    assert_int_equal(entry.n_fields, 3);
}

/* The stamp is journalctl's short-iso, with the year, unless the format had one of its own. */
static void test_stamp(void **state)
{
    static const struct {
        const char *time_us;
        const char *zone; /* NULL: not local */
        const char *given;
        const char *stamp;
    } rows[] = {
        { "1554700589445241", NULL, "", "2019-04-08T05:16:29+00:00" },
        { "1554700589445241", "XXX7", "", "2019-04-07T22:16:29-07:00" },
        { "1554700589445241", "XXX-5:45", "", "2019-04-08T11:01:29+05:45" },
        { "1554700589445241", NULL, "Sun 2019-04-07 22:16:29", "Sun 2019-04-07 22:16:29" },
        { "9223372036854775807", NULL, "", "" },
        { "", NULL, "", "" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();
        struct journal_fields fields = { .arena = arena, .local = rows[i].zone };
        struct entry entry = entry_empty();

        (void)setenv("TZ", rows[i].zone ? rows[i].zone : "XXX7", 1);
        tzset();
        entry.stamp = span_of(rows[i].given);
        journal_fields_add(&fields, SPAN("__REALTIME_TIMESTAMP"), span_of(rows[i].time_us));
        journal_fields_fill(&fields, &entry);
        assert_true(span_is(entry.stamp, rows[i].stamp));
    }
}

/* UNIT= is systemd's to say, and the better of two fields wins whatever their order. */
static void test_preference(void **state)
{
    static const struct {
        const char *pid;
        const char *about_unit;
    } rows[] = {
        { "1", "kubelet.service" },
        { "", "kubelet.service" },
        { "700", "docker.service" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();
        struct journal_fields fields = { .arena = arena };
        struct entry entry = entry_empty();

        journal_fields_add(&fields, SPAN("UNIT"), SPAN("kubelet.service"));
        journal_fields_add(&fields, SPAN("OBJECT_SYSTEMD_UNIT"), SPAN("docker.service"));
        journal_fields_add(&fields, SPAN("SYSLOG_IDENTIFIER"), SPAN("systemd"));
        journal_fields_add(&fields, SPAN("_COMM"), SPAN("other"));
        journal_fields_add(&fields, SPAN("_PID"), span_of(rows[i].pid));
        journal_fields_fill(&fields, &entry);
        assert_true(span_is(entry.about_unit, rows[i].about_unit));
        assert_true(span_is(entry.identifier, "systemd"));
    }
}

static void test_names(void **state)
{
    static const char *const good[] = { "MESSAGE", "_PID", "__CURSOR", "A1_B" };
    static const char *const bad[] = {
        "",
        "message",
        "1A",
        "A-B",
        "A B",
        "Ä",
        "A23456789012345678901234567890123456789012345678901234567890123456",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_true(journal_field_name_valid(span_of(good[i])));
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(journal_field_name_valid(span_of(bad[i])));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flood), cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_stamp), cmocka_unit_test(test_preference),
        cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

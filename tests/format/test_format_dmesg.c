#include "format_test.h"

extern const struct format format_dmesg;

static void entries(void **state)
{
    /* clang-format off */
    static const struct format_row rows[] = {
        ROW("[1375956.718916] Out of memory: Kill process", "transport=kernel",
            "monotonic_us=1375956718916", "message=Out of memory: Kill process"),
        ROW("[1375956.718910] [23143] 0 23143 528095 pip3", "message=[23143] 0 23143 528095 pip3"),
        ROW("[Sat Jun 15 10:00:00 2024] Out of memory", "time_us=1718445600000000",
            "message=Out of memory"),
        ROW("[Do Okt 12 10:00:00 2023] Out of memory", "message=Out of memory"),
        ROW("[Nov21 03:03] Out of memory", "stamp=[Nov21 03:03]", "message=Out of memory"),
        ROW("[  +0.000123] Out of memory", "message=Out of memory",
            "time_us=-9223372036854775808"),
        ROW("2026-11-21T03:03:37,000000+00:00 Out of memory", "time_us=1795230217000000",
            "message=Out of memory"),
        ROW("kern  :err   : [  535.946857] Out of memory", "severity=error",
            "monotonic_us=535946857", "message=Out of memory"),
        ROW("kern  :notice: [    0.000000] x", "severity=notice"),
        ROW("<3>[  535.946857] [ T1234] Out of memory", "severity=error", "message=Out of memory"),
        ROW("[    0.5] [    C0] x", "message=x"),
        ROW("3,1234,535946857,-;Out of memory", "severity=error", "monotonic_us=535946857",
            "message=Out of memory"),
        ROW("kern:    info: [2024-06-12T13:46:44.123456789Z]: x", "severity=info",
            "time_us=1718200004123456", "message=x"),
    };
    /* clang-format on */

    (void)state;
    check_rows(&format_dmesg, rows, N_ELEMENTS(rows));
}

static void refused(void **state)
{
    static const char *const rows[] = {
        "",
        "[",
        "[preflight] WARNING: Running with swap on is not supported.",
        "[ERROR Swap]: running with swap on is not supported",
        "[23143] 0 23143",
        "[1.5 x",
        "<3>",
        "3,1234",
        "3,4,5;x",
        "2026-11-21T03:03:37.000000+00:00 host kubelet[1]: x",
        "Out of memory: Kill process 3264 (etcd) score 27 or sacrifice child",
        "I0407 22:06:29.503369   19593 server.go:262] x",
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();
        struct entry entry;

        if (decode_alone(&format_dmesg, span_of(rows[i]), arena, &entry) == 1) {
            fail_msg("%s", rows[i]);
        }
        assert_int_equal(format_dmesg.bid(span_of(rows[i])), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries),
        cmocka_unit_test(refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

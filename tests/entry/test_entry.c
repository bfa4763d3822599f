#include "entry/entry.h"

#include "base/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void fields(void **state)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    const struct field own[] = { { SPAN("err"), SPAN("first") },
                                 { SPAN("err"), SPAN("last") },
                                 { SPAN("pid"), SPAN("99") } };
    struct entry entry = entry_empty();

    (void)state;
    assert_int_equal(entry.pid, -1);
    assert_int_equal(entry.severity, SEVERITY_UNKNOWN);
    assert_true(span_empty(entry_field(&entry, SPAN("pid"), arena)));
    assert_true(span_empty(entry_field(&entry, SPAN("klog.severity"), arena)));

    entry.message = SPAN("m");
    entry.pid = 7;
    entry.klog = (struct klog){ .severity = 'E', .file = SPAN("a.go"), .line = 12, .thread = 34 };
    assert_true(span_is(entry_field(&entry, SPAN("message"), arena), "m"));
    assert_true(span_is(entry_field(&entry, SPAN("pid"), arena), "7"));
    assert_true(span_is(entry_field(&entry, SPAN("klog.severity"), arena), "E"));
    assert_true(span_is(entry_field(&entry, SPAN("klog.file"), arena), "a.go"));
    assert_true(span_is(entry_field(&entry, SPAN("klog.line"), arena), "12"));
    assert_true(span_is(entry_field(&entry, SPAN("klog.thread"), arena), "34"));
    assert_true(span_empty(entry_field(&entry, SPAN("klog"), arena)));
    assert_true(span_empty(entry_field(&entry, SPAN("err"), arena)));

    entry.fields = own;
    entry.n_fields = N_ELEMENTS(own);
    assert_true(span_is(entry_field(&entry, SPAN("err"), arena), "last"));
    assert_true(span_is(entry_field(&entry, SPAN("pid"), arena), "99"));
}

static void severities(void **state)
{
    (void)state;
    assert_string_equal(severity_name(SEVERITY_EMERGENCY), "emergency");
    assert_string_equal(severity_name(SEVERITY_DEBUG), "debug");
    assert_string_equal(severity_name(SEVERITY_UNKNOWN), "unknown");
    assert_int_equal(severity_find(SPAN("emerg")), SEVERITY_EMERGENCY);
    assert_int_equal(severity_find(SPAN("warn")), SEVERITY_WARNING);
    assert_int_equal(severity_find(SPAN("warning")), SEVERITY_WARNING);
    assert_int_equal(severity_find(SPAN("debug")), SEVERITY_DEBUG);
    assert_int_equal(severity_find(SPAN("unknown")), -1);
    assert_int_equal(severity_find(SPAN("")), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields),
        cmocka_unit_test(severities),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

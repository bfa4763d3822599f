/* How severe an entry reads. */

#include "entry/severity_hint.h"

#include "base/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_hints(void **state)
{
    static const struct {
        const char *message;
        enum severity severity;
        char klog;
        enum severity_hint hint;
    } cases[] = {
        { "failed to run Kubelet", SEVERITY_CRITICAL, 'F', HINT_FATAL },
        { "the moon waxes", SEVERITY_ERROR, 'E', HINT_ERROR },
        { "the moon waxes", SEVERITY_WARNING, 'W', HINT_WARNING },
        { "panic: runtime error: index out of range", SEVERITY_INFO, 0, HINT_FATAL },
        { "fatal error: concurrent map writes", SEVERITY_UNKNOWN, 0, HINT_FATAL },
        { "Error: unknown flag: --foo", SEVERITY_INFO, 0, HINT_ERROR },
        { "cannot allocate memory", SEVERITY_UNKNOWN, 0, HINT_ERROR },
        { "Killed process 7 (java)", SEVERITY_UNKNOWN, 0, HINT_WARNING },
        { "goroutine 1 [running]:", SEVERITY_INFO, 0, HINT_STACK },
        { "main.main()", SEVERITY_INFO, 0, HINT_STACK },
        { "\t/tmp/x.go:8 +0x1d", SEVERITY_INFO, 0, HINT_STACK },
        { "main.main()\n\t/tmp/x.go:8 +0x1d", SEVERITY_INFO, 0, HINT_STACK },
        { "rax    0x0", SEVERITY_INFO, 0, HINT_STACK },
        /* a level decides, whatever the words are */
        { "no error so far", SEVERITY_INFO, 'I', HINT_PLAIN },
        { "main.main()", SEVERITY_INFO, 'I', HINT_PLAIN },
        { "Started kubelet", SEVERITY_INFO, 0, HINT_PLAIN },
        { "      --fail-swap-on   Makes the kubelet fail", SEVERITY_INFO, 0, HINT_PLAIN },
        { "", SEVERITY_UNKNOWN, 0, HINT_PLAIN },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        struct entry entry = entry_empty();

        entry.message = span_of(cases[i].message);
        entry.severity = cases[i].severity;
        entry.klog.severity = cases[i].klog;
        assert_string_equal(severity_hint_name(severity_hint_of(&entry)),
                            severity_hint_name(cases[i].hint));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_hints) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

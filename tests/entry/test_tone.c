/* How grave an entry sounds. */

#include "entry/tone.h"

#include "base/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_tones(void **state)
{
    static const struct {
        const char *message;
        enum severity severity;
        char klog;
        enum tone tone;
    } cases[] = {
        { "failed to run Kubelet", SEVERITY_CRITICAL, 'F', TONE_FATAL },
        { "the moon waxes", SEVERITY_ERROR, 'E', TONE_ERROR },
        { "the moon waxes", SEVERITY_WARNING, 'W', TONE_WARNING },
        { "panic: runtime error: index out of range", SEVERITY_INFO, 0, TONE_FATAL },
        { "fatal error: concurrent map writes", SEVERITY_UNKNOWN, 0, TONE_FATAL },
        { "Error: unknown flag: --foo", SEVERITY_INFO, 0, TONE_ERROR },
        { "cannot allocate memory", SEVERITY_UNKNOWN, 0, TONE_ERROR },
        { "Killed process 7 (java)", SEVERITY_UNKNOWN, 0, TONE_WARNING },
        { "goroutine 1 [running]:", SEVERITY_INFO, 0, TONE_STACK },
        { "main.main()", SEVERITY_INFO, 0, TONE_STACK },
        { "\t/tmp/x.go:8 +0x1d", SEVERITY_INFO, 0, TONE_STACK },
        { "main.main()\n\t/tmp/x.go:8 +0x1d", SEVERITY_INFO, 0, TONE_STACK },
        { "rax    0x0", SEVERITY_INFO, 0, TONE_STACK },
        /* who has a level means it */
        { "no error so far", SEVERITY_INFO, 'I', TONE_PLAIN },
        { "main.main()", SEVERITY_INFO, 'I', TONE_PLAIN },
        { "Started kubelet", SEVERITY_INFO, 0, TONE_PLAIN },
        { "      --fail-swap-on   Makes the kubelet fail", SEVERITY_INFO, 0, TONE_PLAIN },
        { "", SEVERITY_UNKNOWN, 0, TONE_PLAIN },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        struct entry entry = entry_empty();

        entry.message = span_of(cases[i].message);
        entry.severity = cases[i].severity;
        entry.klog.severity = cases[i].klog;
        assert_string_equal(tone_name(tone_of_entry(&entry)), tone_name(cases[i].tone));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_tones) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

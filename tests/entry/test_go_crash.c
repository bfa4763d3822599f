/* Lines of Go crashes, and lines that only look like them. */

#include "entry/go_crash.h"

#include "base/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_lines(void **state)
{
    static const struct {
        const char *line;
        bool head, stack;
    } cases[] = {
        { "panic: runtime error: index out of range [3] with length 2", true, false },
        { "fatal error: concurrent map writes", true, false },
        { "goroutine 1 [running]:", false, true },
        { "[signal SIGSEGV: segmentation violation code=0x1]", false, true },
        { "main.main()", false, true },
        { "k8s.io/klog.stacks(0xc42000e001, 0xb09)", false, true },
        { "\t/tmp/x.go:8 +0x1d", false, true },
        { "main.main()\n\t/tmp/x.go:8 +0x1d", false, true },
        { "created by main.start", false, true },
        { "rip    0x45e271", false, true },
        /* neither */
        { "", false, false },
        { "the kubelet did panic: why", false, false },
        { "started /usr/bin/kubelet (v1.30)", false, false },
        { "see /var/lib/main.go: line 3", false, false },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        struct span line = span_of(cases[i].line);

        if (go_crash_is_head(line) != cases[i].head || go_crash_is_stack(line) != cases[i].stack) {
            fail_msg("%s", cases[i].line);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_lines) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Lines that the Go runtime writes when a program crashes.
 *
 *   panic: runtime error: index out of range [3] with length 2      head
 *   goroutine 1 [running]:                                          stack
 *   main.main()                                                     stack
 *           /tmp/x.go:8 +0x1d                                       stack
 */

#include "entry/go_crash.h"

#include "base/cleanup.h"

bool go_crash_is_head(struct span line)
{
    static const struct span heads[] = {
        { "panic: ", 7 },
        { "fatal error: ", 13 },
        { "runtime error: ", 15 },
        { "unexpected fault address ", 25 },
    };

    for (size_t i = 0; i < N_ELEMENTS(heads); i++) {
        if (span_starts(line, heads[i])) {
            return true;
        }
    }
    return false;
}

/* `k8s.io/klog.stacks(0xc42000e001, 0xb09)`, `main.main()` */
static bool is_call(struct span line)
{
    ptrdiff_t open = span_find_byte(line, '('), blank = span_find_byte(line, ' ');

    return open > 0 && line.data[line.size - 1] == ')' && (blank < 0 || blank > open) &&
           span_find_byte(span_head(line, (size_t)open), '.') > 0;
}

/* `rax    0x0` of a register dump */
static bool is_register(struct span line)
{
    ptrdiff_t at = span_find(line, SPAN(" 0x"));

    return at >= 2 && at <= 8 && line.size <= 32 && line.data[0] == 'r';
}

bool go_crash_is_stack(struct span line)
{
    static const struct span heads[] = {
        { "goroutine ", 10 }, { "created by ", 11 },          { "[signal ", 8 },
        { "panic(", 6 },      { "...additional frames", 20 },
    };
    struct span rest = line;

    (void)span_cut(&rest, '\n', &line); /* the first line of a multi-line record */
    line = span_trim(line);
    if (line.size == 0) {
        return false;
    }
    for (size_t i = 0; i < N_ELEMENTS(heads); i++) {
        if (span_starts(line, heads[i])) {
            return true;
        }
    }
    if (line.data[0] == '/' && span_find(line, SPAN(".go:")) > 0) {
        return true;
    }
    return is_call(line) || is_register(line);
}

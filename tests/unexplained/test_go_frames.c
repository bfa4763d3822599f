/* Which frames of a Go stack dump are found. */

#include "unexplained/go_frames.h"

#include "base/buf.h"
#include "base/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    LINES_MAX = 16
};

static const struct {
    const char *name, *stack, *frames;
} cases[] = {
    { "a call and its place",
      "goroutine 1 [running]:\nmain.load(0xc42000e001)\n/src/main.go:8 +0x1d\n",
      "    main.load  /src/main.go:8\n" },
    { "without the frames of the runtime",
      "goroutine 1 [running]:\npanic(0x1, 0x2)\n/go/panic.go:770 "
      "+0x124\nruntime.goexit()\n/go/x.s:1\n"
      "main.main()\n\t/src/main.go:8\n",
      "    main.main  /src/main.go:8\n" },
    { "the first goroutine only",
      "goroutine 1 [running]:\na.b()\n/a.go:1\ngoroutine 2 [select]:\nc.d()\n/c.go:1\n",
      "    a.b  /a.go:1\n" },
    { "not where the goroutine was created", "goroutine 1 [running]:\ncreated by a.b\n/a.go:1\n",
      "" },
    { "three at most", "a.a()\n/a:1\na.b()\n/a:2\na.c()\n/a:3\na.d()\n/a:4\n",
      "    a.a  /a:1\n    a.b  /a:2\n    a.c  /a:3\n" },
    { "the place is missing", "goroutine 1 [running]:\nmain.main(0x1)\n", "    main.main  \n" },
    { "only the runtime", "goroutine 1 [running]:\nruntime.main()\n/go/proc.go:1\n", "" },
    { "nothing", "", "" },
};

static void find(const char *stack, struct arena *arena, struct buf *ret)
{
    struct span rest = span_of(stack), lines[LINES_MAX], frames[GO_FRAMES_MAX];
    size_t n = 0, n_frames;

    while (n < LINES_MAX && span_cut(&rest, '\n', &lines[n])) {
        n++;
    }
    n_frames = go_frames_find(lines, n, arena, frames);
    buf_add_string(ret, "");
    for (size_t i = 0; i < n_frames; i++) {
        buf_add(ret, frames[i]);
        buf_add_byte(ret, '\n');
    }
}

static void test_frames(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();
        CLEANUP(buf_done_at) struct buf found = { 0 };

        find(cases[i].stack, arena, &found);
        if (!span_equal(buf_span(&found), span_of(cases[i].frames))) {
            fail_msg("%s: %.*s", cases[i].name, (int)found.size, found.data);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_frames) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

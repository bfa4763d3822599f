/* Which lines that no rule knows are listed, and in which order. */

#include "unexplained/unmatched.h"

#include "base/buf.h"
#include "base/cleanup.h"
#include "pipeline.h"
#include "rule/load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define KUBELET(time, text) "Mar 02 " time " n kubelet[7]: " text "\n"
#define EXITED(time)                                                                               \
    "Mar 02 " time " n systemd[1]: kubelet.service: Main process exited, code=exited, "            \
    "status=1/FAILURE\n"

enum {
    LINES_MAX = 16
};

/* Reads the log and prints each listed line: template, count, deaths it preceded, distance. */
static void list(const struct rules *rules, struct span log, struct buf *ret)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    CLEANUP(unmatched_free_at) struct unmatched *unmatched = unmatched_new(rules);
    CLEANUP(report_free_at) struct report *report = report_new();
    struct watcher watcher = unmatched_watcher(unmatched);
    struct pipeline_options options = { .rules = rules,
                                        .watcher = &watcher,
                                        .fail_on = RULE_ERROR };
    CLEANUP(pipeline_free_at) struct pipeline *pipeline = pipeline_new(&options);
    struct unmatched_lines lines;

    pipeline_read_text(pipeline, NULL, log);
    pipeline_finish(pipeline, report);
    lines = unmatched_lines(unmatched, arena);
    buf_printf(ret, "%d deaths\n", (int)lines.deaths);
    for (size_t i = 0; i < lines.n; i++) {
        const struct unmatched_line *line = &lines.items[i];

        buf_printf(ret, "%.*s %d %d %d\n", (int)line->template.size, line->template.data,
                   (int)line->count, (int)line->before_deaths, (int)line->distance);
    }
}

static const struct {
    const char *name, *log, *lines;
} cases[] = {
    { "counted by template",
      KUBELET("08:00:01", "E0302 08:00:01.1 7 a.go:1] moon 1 is odd")
          KUBELET("08:00:02", "E0302 08:00:02.1 7 a.go:1] moon 2 is odd") EXITED("08:00:03"),
      "1 deaths\nmoon <number> is odd 2 1 1\n" },
    { "fatal first: the death itself; then the nearer",
      KUBELET("08:00:01", "E0302 08:00:01.1 7 a.go:1] the moon is odd")
          KUBELET("08:00:02", "E0302 08:00:02.1 7 a.go:1] the sun is odd")
              KUBELET("08:00:03", "F0302 08:00:03.1 7 a.go:1] the earth is odd") EXITED("08:00:03"),
      "1 deaths\nthe earth is odd 1 1 0\nthe sun is odd 1 1 1\nthe moon is odd 1 1 2\n" },
    { "not before a death: too long ago",
      KUBELET("08:00:01", "E0302 08:00:01.1 7 a.go:1] the moon is odd") EXITED("08:01:00"),
      "1 deaths\nthe moon is odd 1 0 0\n" },
    { "plain lines of a short log are not listed",
      KUBELET("08:00:01", "I0302 08:00:01.1 7 a.go:1] the moon shines") EXITED("08:00:02"),
      "1 deaths\n" },
    { "another process", "Mar 02 08:00:01 n sshd[7]: error: the moon is odd\n" EXITED("08:00:02"),
      "1 deaths\n" },
    { "one death in several lines",
      KUBELET("08:00:01", "E0302 08:00:01.1 7 a.go:1] the moon is odd") EXITED("08:00:02")
          EXITED("08:00:02"),
      "1 deaths\nthe moon is odd 1 1 1\n" },
};

static void check(const struct rules *rules, const char *name, struct span log, const char *lines)
{
    CLEANUP(buf_done_at) struct buf found = { 0 };

    list(rules, log, &found);
    if (strcmp(found.data, lines) != 0) {
        print_message("%s\n", name);
    }
    assert_string_equal(found.data, lines);
}

static void test_lines(void **state)
{
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        check(*state, cases[i].name, span_of(cases[i].log), cases[i].lines);
    }
}

static void test_newest_first(void **state)
{
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(buf_done_at) struct buf log = { 0 };
        struct span lines[LINES_MAX], rest = span_of(cases[i].log);
        size_t n = 0;

        while (n < LINES_MAX && span_cut(&rest, '\n', &lines[n])) {
            n++;
        }
        while (n > 0) {
            buf_add(&log, lines[--n]);
            buf_add_byte(&log, '\n');
        }
        check(*state, cases[i].name, buf_span(&log), cases[i].lines);
    }
}

/* In a long log, a plain line is listed when it is rare but for deaths. */
static void test_rare(void **state)
{
    CLEANUP(buf_done_at) struct buf log = { 0 };

    for (int i = 0; i < 600; i++) {
        buf_printf(&log, "Mar 02 08:%02d:%02d n kubelet[7]: I0302 all is well\n", i / 60, i % 60);
    }
    buf_add_string(&log, KUBELET("08:10:01", "I0302 08:10:01.1 7 a.go:1] the moon shines"));
    buf_add_string(&log, EXITED("08:10:02"));
    check(*state, "rare", buf_span(&log), "1 deaths\nthe moon shines 1 1 1\n");
}

static int load_rules(void **state)
{
    static struct rule_set *set;

    set = rule_set_new();
    if (rule_set_add_builtin(set, NULL) < 0 || rule_set_finish(set, NULL) < 0) {
        return -1;
    }
    *state = (void *)(uintptr_t)rule_set_rules(set);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_newest_first),
        cmocka_unit_test(test_rare),
    };

    return cmocka_run_group_tests(tests, load_rules, NULL);
}

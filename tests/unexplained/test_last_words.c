/* What a process said before it died, through the whole pipeline. */

#include "base/buf.h"
#include "base/cleanup.h"
#include "pipeline.h"
#include "rule/load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define KUBELET(second, pid, text) "Mar 02 08:00:0" second " n kubelet[" pid "]: " text "\n"
#define EXITED(second)                                                                             \
    "Mar 02 08:00:0" second " n systemd[1]: kubelet.service: Main process exited, code=exited, "   \
    "status=1/FAILURE\n"

/* The words of the first unexplained unit, one a line; the bytes of the log from the end when it is
 * to be read newest first. */
static void find_words(const struct rules *rules, struct span log, struct buf *ret)
{
    struct pipeline_options options = { .rules = rules, .fail_on = RULE_ERROR };
    CLEANUP(report_free_at) struct report *report = report_new();
    CLEANUP(pipeline_free_at) struct pipeline *pipeline = pipeline_new(&options);

    pipeline_read_text(pipeline, NULL, log);
    pipeline_finish(pipeline, report);
    buf_add_string(ret, "");
    for (size_t i = 0; report->n_unexplained && i < report->unexplained[0].n_last_words; i++) {
        buf_add(ret, report->unexplained[0].last_words[i].text);
        buf_add_byte(ret, '\n');
    }
}

static const struct {
    const char *name, *log, *words;
} cases[] = {
    { "grave words only, and what came after them",
      KUBELET("1", "7", "I0302 08:00:01.1 7 a.go:1] first")
          KUBELET("2", "7", "E0302 08:00:02.1 7 a.go:1] odd")
              KUBELET("3", "7", "I0302 08:00:03.1 7 a.go:1] bye") EXITED("4"),
      "odd\nbye\n" },
    { "the last lines when nothing is grave",
      KUBELET("1", "7", "I0302 08:00:01.1 7 a.go:1] one")
          KUBELET("2", "7", "I0302 08:00:02.1 7 a.go:1] two") EXITED("4"),
      "one\ntwo\n" },
    { "of that process alone",
      KUBELET("1", "6", "E0302 08:00:01.1 6 a.go:1] of the one before") KUBELET(
          "2", "7", "E0302 08:00:02.1 7 a.go:1] of this one") "Mar 02 08:00:03 n sshd[9]: error: "
                                                              "of another\n" EXITED("4"),
      "of this one\n" },
    { "of the last death",
      KUBELET("1", "6", "F0302 08:00:01.1 6 a.go:1] of the first") EXITED("1")
          KUBELET("3", "7", "F0302 08:00:03.1 7 a.go:1] of the second") EXITED("4"),
      "of the second\n" },
    { "each kind once",
      KUBELET("1", "7", "E0302 08:00:01.1 7 a.go:1] pod 1 is odd")
          KUBELET("2", "7", "E0302 08:00:02.1 7 a.go:1] pod 2 is odd")
              KUBELET("3", "7", "Error: the moon is full") EXITED("4"),
      "pod 2 is odd\nError: the moon is full\n" },
    { "a crash that ends the log, dumped line by line",
      KUBELET("1", "7", "panic: boom") KUBELET("1", "7", "goroutine 1 [running]:")
          KUBELET("1", "7", "main.main(0x1)") KUBELET("1", "7", "\t/src/main.go:8 +0x1d")
              KUBELET("1", "7", "goroutine 2 [select]:") KUBELET("1", "7", "main.other()"),
      "panic: boom\n    main.main  /src/main.go:8\n" },
    { "a bare klog file",
      "I0302 08:00:01.000100       7 a.go:1] first\n"
      "F0302 08:00:02.000100       7 a.go:1] the moon is full\n",
      "the moon is full\n" },
    { "nothing died",
      KUBELET("1", "7",
              "E0302 08:00:01.1 7 a.go:1] odd") "Mar 02 08:00:04 n systemd[1]: kubelet.service: "
                                                "Deactivated successfully.\n",
      "" },
    { "nothing was said", EXITED("4"), "" },
};

static void test_words(void **state)
{
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(buf_done_at) struct buf words = { 0 };

        find_words(*state, span_of(cases[i].log), &words);
        if (strcmp(words.data, cases[i].words) != 0) {
            print_message("%s\n", cases[i].name);
        }
        assert_string_equal(words.data, cases[i].words);
    }
}

/* A log that stands newest first says the same. */
static void test_reversed(void **state)
{
    for (size_t i = 0; i < 5; i++) {
        CLEANUP(buf_done_at) struct buf words = { 0 };
        CLEANUP(buf_done_at) struct buf log = { 0 };
        struct span lines[16], rest = span_of(cases[i].log);
        size_t n = 0;

        while (n < 16 && span_cut(&rest, '\n', &lines[n])) {
            n++;
        }
        while (n > 0) {
            buf_add(&log, lines[--n]);
            buf_add_byte(&log, '\n');
        }
        find_words(*state, buf_span(&log), &words);
        if (strcmp(words.data, cases[i].words) != 0) {
            print_message("%s, newest first\n", cases[i].name);
        }
        assert_string_equal(words.data, cases[i].words);
    }
}

/* A loop of many deaths over several batches: the last one counts. */
static void test_many(void **state)
{
    CLEANUP(buf_done_at) struct buf words = { 0 };
    CLEANUP(buf_done_at) struct buf log = { 0 };

    for (int i = 0; i < 20000; i++) {
        int minute = i / 60 % 60, hour = i / 3600;

        buf_printf(&log, "Mar 02 %02d:%02d:%02d n kubelet[%d]: Error: moon %c\n", hour, minute,
                   i % 60, 100 + i, i == 19999 ? 'Z' : 'A');
        buf_printf(&log,
                   "Mar 02 %02d:%02d:%02d n systemd[1]: kubelet.service: Main process exited, "
                   "code=exited, status=1/FAILURE\n",
                   hour, minute, i % 60);
    }
    find_words(*state, buf_span(&log), &words);
    assert_string_equal(words.data, "Error: moon Z\n");
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
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_reversed),
        cmocka_unit_test(test_many),
    };

    return cmocka_run_group_tests(tests, load_rules, NULL);
}

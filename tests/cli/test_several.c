/* Several inputs of one run: journals that are one, state on standard input, and how those are
 * named that cannot be read. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helpers/folder.h"
#include "helpers/journal.h"
#include "helpers/program.h"

#include <stdlib.h>
#include <sys/stat.h>

#define SWAPS "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n/dev/sda5 partition 998396 0 -2\n"
#define KLOG                                                                                       \
    "F0407 22:06:29.503369   19593 server.go:262] failed to run Kubelet: Running with swap on is " \
    "not supported, please disable swap! or set --fail-swap-on flag to false.\n"

static void check(const struct program_call *call, int code, const char *const *expected)
{
    struct program_result result;

    program_run(call, &result);
    for (; *expected; expected++) {
        if (span_find(buf_span(&result.out), span_of(*expected)) < 0) {
            fail_msg("'%s' is not in\n%s%s", *expected, result.out.data, result.errs.data);
        }
    }
    assert_int_equal(result.code, code);
    program_result_done(&result);
}

static char *make_file(const char *directory, const char *name, int first, int n)
{
    struct buf text CLEANUP(buf_done_at) = { 0 };

    for (int i = first; i < first + n; i++) {
        journal_add_entry(&text, INT64_C(1700000000000000) + i * INT64_C(1000000),
                          "0a000000000000000000000000000001",
                          "MESSAGE=hello\n_SYSTEMD_UNIT=kubelet.service\n");
    }
    return journal_make_file(directory, name, buf_span(&text));
}

/* What journald leaves behind after a crash: a copy beside the file, named as another argument. */
static void test_journals(void **state)
{
    struct buf command CLEANUP(buf_done_at) = { 0 }, twin CLEANUP(buf_done_at) = { 0 },
                       inner CLEANUP(buf_done_at) = { 0 };
    char *directory, *one, *two;

    (void)state;
    if (!journal_available()) {
        skip();
    }
    directory = journal_make_directory();
    one = make_file(directory, "system@one.journal", 0, 5);
    two = make_file(directory, "system.journal", 5, 4);
    buf_printf(&twin, "%s/bundle/a/b/system@one.journal~", directory);
    buf_printf(&inner, "%s/bundle", directory);
    buf_printf(&command, "mkdir -p %s/a/b && cp %s %s && echo hello > %s/text", inner.data, one,
               twin.data, inner.data);
    assert_int_equal(system(command.data), 0);
    check(&(struct program_call){ .arguments =
                                      (const char *[]){ one, two, twin.data, "-o", "json", NULL } },
          0, (const char *[]){ "and 2 more", "\"entries\": 9", NULL });
    /* once by its name, once found in a folder */
    check(&(struct program_call){ .arguments =
                                      (const char *[]){ one, inner.data, "-o", "json", NULL } },
          0, (const char *[]){ "and 1 more", "\"entries\": 5", "bundle/text", NULL });
    check(&(struct program_call){ .arguments =
                                      (const char *[]){ directory, one, "-o", "json", NULL } },
          0, (const char *[]){ "and 1 more", "\"entries\": 9", NULL });
    free(one);
    free(two);
    journal_remove_directory(directory);
}

static void test_state_on_input(void **state)
{
    struct folder folder;
    char log[128];

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "kubelet.log", KLOG);
    (void)snprintf(log, sizeof(log), "%s/kubelet.log", folder.path);
    check(&(struct program_call){ .arguments = (const char *[]){ log, "-", NULL },
                                  .input = SPAN(SWAPS) },
          1, (const char *[]){ "state/swaps", "/dev/sda5", NULL });
    check(&(struct program_call){ .input = SPAN(SWAPS) }, 0,
          (const char *[]){ "state/swaps", NULL });
    /* a log is none, and nothing of it is lost */
    check(&(struct program_call){ .input = SPAN(KLOG) }, 1,
          (const char *[]){ "-: klog, 1 entry", "kubelet/swap-enabled", NULL });
    /* nor what is read as what it was said to be */
    check(&(struct program_call){ .arguments = (const char *[]){ "--format", "text", NULL },
                                  .input = SPAN(SWAPS) },
          0, (const char *[]){ "-: text", NULL });
    folder_done(&folder);
}

#define LOG_OF(host)                                                                               \
    "Apr 07 22:06:29 " host " kubelet[593]: F0407 22:06:29.503369 593 server.go:262] failed to "   \
    "run Kubelet: Running with swap on is not supported, please disable swap! or set "             \
    "--fail-swap-on flag to false.\n"

static void check_none(const char *const *arguments, const char *unexpected)
{
    struct program_result result;

    program_run(&(struct program_call){ .arguments = arguments }, &result);
    if (span_find(buf_span(&result.out), span_of(unexpected)) >= 0) {
        fail_msg("'%s' is in\n%s", unexpected, result.out.data);
    }
    program_result_done(&result);
}

/* A remedy never names a line of another node. */
static void test_state_of_another_node(void **state)
{
    const char *arguments[] = { NULL, NULL, NULL };
    struct folder folder;
    char log[128];

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "nodea/kubelet.log", LOG_OF("nodea"));
    folder_write(&folder, "nodea/fstab", "/dev/sda9 none swap sw 0 0\n");
    folder_write(&folder, "nodeb/fstab", "/dev/sdb9 none swap sw 0 0\n");
    arguments[0] = folder.path;
    check(&(struct program_call){ .arguments = arguments }, 1,
          (const char *[]){ "/dev/sda9 none swap", "its kubelet runs: nodeb", NULL });
    check_none(arguments, "/dev/sdb9");
    folder_done(&folder);
    /* a file of the same folder says whose it is */
    folder_init(&folder);
    folder_write(&folder, "log/kubelet.log", LOG_OF("nodea"));
    folder_write(&folder, "state/hostname", "nodeb\n");
    folder_write(&folder, "state/fstab", "/dev/sdb9 none swap sw 0 0\n");
    arguments[0] = folder.path;
    check_none(arguments, "/dev/sdb9");
    /* and with nothing to say so, two nodes share no state */
    folder_write(&folder, "log/other.log", LOG_OF("nodec"));
    (void)snprintf(log, sizeof(log), "%s/log", folder.path);
    arguments[0] = log;
    folder_write(&folder, "log/fstab", "/dev/sdc9 none swap sw 0 0\n");
    check_none(arguments, "/dev/sdc9");
    check(&(struct program_call){ .arguments = arguments }, 1,
          (const char *[]){ "inputs are of several nodes", NULL });
    folder_done(&folder);
}

/* Who holds the watches, and who the instances: of root, whose limit it is. */
static void test_inotify_users(void **state)
{
    static const struct {
        const char *log, *expected;
    } cases[] = {
        { "E0602 15:59:24.360483 18726 kubelet.go:1530] \"Failed to start cAdvisor\" "
          "err=\"inotify_add_watch /sys/fs/cgroup/cpu/a.service: no space left on device\"\n",
          "process wide (PID 72) has the most watches now: 7900 watches in 1 instances, of 8100" },
        { "E0602 15:59:24.360483 18726 kubelet.go:1530] \"Failed to start cAdvisor\" "
          "err=\"inotify_init: too many open files\"\n",
          "process many (PID 71) has the most instances now: 200 watches in 90 instances" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        struct folder folder;

        folder_init(&folder);
        folder_write(&folder, "users",
                     "PID USER INSTANCES WATCHES PROCESS\n71 0 90 200 many\n72 0 1 7900 wide\n"
                     "73 1000 200 90000 editor\n");
        folder_write(&folder, "kubelet.log", cases[i].log);
        check(&(struct program_call){ .arguments =
                                          (const char *[]){ folder.path, "-o", "json", NULL } },
              1, (const char *[]){ cases[i].expected, NULL });
        folder_done(&folder);
    }
}

/* The year of the other log, and not that of the file, which was written now. */
static void test_year_of_the_others(void **state)
{
    struct folder folder;

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "kubelet.log", LOG_OF("nodea"));
    folder_write(&folder, "containerd.log",
                 "2019-04-07T22:05:00.000000000Z stderr F Started the runtime\n"
                 "2019-04-07T22:06:00.000000000Z stderr F Serving\n");
    check(
        &(struct program_call){ .arguments = (const char *[]){ folder.path, "-o", "json", NULL } },
        1, (const char *[]){ "2019-04-07T22:06:29", "\"year_from\": \"inputs\"", NULL });
    folder_done(&folder);
}

static void feed_much(FILE *to)
{
    for (int i = 0; i < 100000; i++) {
        (void)fputs("I0407 22:06:29.445241   19593 server.go:408] Version: v1.12.3\n", to);
    }
    (void)fputs(KLOG, to);
}

/* More than a state file may have. */
static void test_much_on_input(void **state)
{
    (void)state;
    check(&(struct program_call){ .arguments = (const char *[]){ "-o", "json", NULL },
                                  .feed = feed_much,
                                  .seconds = 120 },
          1, (const char *[]){ "\"entries\": 100001", "kubelet/swap-enabled", NULL });
}

static void test_not_allowed(void **state)
{
    static const char allowed[] = "permission denied";
    struct folder folder;

    (void)state;
    if (!program_can_be_nobody()) {
        skip();
    }
    folder_init(&folder);
    folder_write(&folder, "kubelet.log", KLOG);
    assert_int_equal(chmod(folder.path, 0700), 0);
    check(&(struct program_call){ .arguments = (const char *[]){ folder.path, NULL },
                                  .as_nobody = true },
          3, (const char *[]){ folder.path, allowed, NULL });
    check(&(struct program_call){ .arguments = (const char *[]){ "-D", folder.path, NULL },
                                  .as_nobody = true },
          3, (const char *[]){ folder.path, "permission denied", NULL });
    folder_done(&folder);
}

static void test_names(void **state)
{
    static const struct {
        const char *arguments[3];
        const char *expected;
    } rows[] = {
        { { "--file", "/nonexistent.journal" }, "/nonexistent.journal: no such file" },
        { { "-D", "/nonexistent" }, "/nonexistent: no such file" },
        { { "-M", "nosuch" }, "nosuch: " }, /* no such machine, or nobody there to ask */
        { { "--root", "/nonexistent" }, "/nonexistent: contains no journal files" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        check(&(struct program_call){ .arguments = rows[i].arguments }, 3,
              (const char *[]){ rows[i].expected, NULL });
    }
}

/* A tree with more files than are read: /var is chosen, /proc is not, and the exit code says so. */
static void test_large_tree(void **state)
{
    struct folder folder;
    char name[64];

    (void)state;
    folder_init(&folder);
    for (int i = 0; i < 10100; i++) {
        (void)snprintf(name, sizeof(name), "proc/%d", i);
        folder_write(&folder, name, "x\n");
    }
    folder_write(&folder, "var/kubelet.log", "I0407 22:06:29.503369 19593 server.go:262] fine\n");
    check(&(struct program_call){ .arguments = (const char *[]){ folder.path, NULL } }, 4,
          (const char *[]){ "/proc: 101 files were not read", ": 10000 logs, 101 files not read",
                            "part of the input was not read", NULL });
    check(
        &(struct program_call){ .arguments = (const char *[]){ folder.path, "-o", "json", NULL } },
        4, (const char *[]){ "/var/kubelet.log\"", NULL });
    folder_write(&folder, "var/kubelet.log", KLOG);
    check(&(struct program_call){ .arguments = (const char *[]){ folder.path, NULL } }, 1,
          (const char *[]){ "Swap is enabled", NULL });
    folder_done(&folder);
}

/* An empty file beside a log is nothing that was missed; alone it is nothing to read. */
static void test_empty_file(void **state)
{
    struct folder folder;

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "empty.log", "");
    check(&(struct program_call){ .arguments = (const char *[]){ folder.path, NULL } }, 3,
          (const char *[]){ "is empty", NULL });
    folder_write(&folder, "kubelet.log", "I0407 22:06:29.503369 19593 server.go:262] fine\n");
    check(&(struct program_call){ .arguments = (const char *[]){ folder.path, NULL } }, 0,
          (const char *[]){ "is empty", NULL });
    folder_done(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_journals),      cmocka_unit_test(test_state_on_input),
        cmocka_unit_test(test_much_on_input), cmocka_unit_test(test_not_allowed),
        cmocka_unit_test(test_names),         cmocka_unit_test(test_state_of_another_node),
        cmocka_unit_test(test_inotify_users), cmocka_unit_test(test_year_of_the_others),
        cmocka_unit_test(test_large_tree),    cmocka_unit_test(test_empty_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

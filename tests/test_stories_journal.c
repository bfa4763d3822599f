/* The founding incidents as journals: the cases of fixtures/cases/ that have a journal.export, read
 * from the journal file that systemd-journal-remote makes of it, and from what journalctl prints of
 * that file. The same is found as in the text logs that the people had.
 * fixtures/make-journal-export says how a journal.export is made. */

#define _XOPEN_SOURCE 700 /* truncate */
#include "base/vec.h"
#include "helpers/journal.h"
#include "helpers/json_contains.h"
#include "helpers/program.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define CASES    SOURCE_DIR "/fixtures/cases/"
#define SWAP     CASES "swap-kmaster135/"
#define EVICTION CASES "eviction-ubuntu-k8s-3/"
#define INOTIFY  CASES "inotify-node01-"
#define OOM      CASES "systemoom-izwz9h8m2chowowqckbcy0z/"

enum {
    EXTRAS = 3,
    ARGUMENTS = 16,
    LIVES = 480
};

/* --- one journal file for each test --- */

struct journal {
    char *directory, *file;
};

static void read_text(const char *path, struct buf *ret)
{
    FILE *file = fopen(path, "r");
    size_t n;

    if (!file) {
        fail_msg("%s is missing", path);
    }
    while ((n = fread(buf_reserve(ret, BUFSIZ), 1, BUFSIZ, file)) > 0) {
        ret->size += n;
    }
    buf_add_string(ret, "");
    (void)fclose(file);
}

static struct journal make_journal_of(struct span export)
{
    struct journal journal = { .directory = journal_make_directory() };

    journal.file = journal_make_file(journal.directory, "system.journal", export);
    return journal;
}

static struct journal make_journal(const char *export)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };

    read_text(export, &text);
    return make_journal_of(buf_span(&text));
}

static void journal_done(struct journal *journal)
{
    free(journal->file);
    journal_remove_directory(journal->directory);
}

/* --- running and comparing --- */

/* Appends to a list of arguments that stays ended by NULL. */
static void add_arguments(const char *list[ARGUMENTS], const char *const *more, size_t n)
{
    size_t at = 0;

    while (list[at]) {
        at++;
    }
    for (size_t i = 0; i < n && more[i] && at + 1 < ARGUMENTS; i++) {
        list[at++] = more[i];
    }
}

static json_t *run_json(struct program_call *call, int *ret_code)
{
    CLEANUP(program_result_done) struct program_result result;
    json_t *report;

    program_run(call, &result);
    *ret_code = result.code;
    report = json_loads(result.out.data, 0, NULL);
    if (!report) {
        print_error("no JSON, exit code %d: %s\n", result.code, result.errs.data);
    }
    return report;
}

/* What the same story must have in common however it was read: not its evidence and its times. */
static json_t *essence_of(const char *expected_path)
{
    json_t *expected = json_load_file(expected_path, 0, NULL);
    json_t *node, *finding, *keep = json_pack("[sss]", "rule", "role", "facts"), *reduced;
    size_t i, k, at;
    json_t *key;

    assert_non_null(expected);
    json_array_foreach(json_object_get(expected, "nodes"), i, node)
    {
        json_t *findings = json_object_get(node, "findings");

        json_array_foreach(findings, k, finding)
        {
            reduced = json_object();
            json_array_foreach(keep, at, key)
            {
                const char *name = json_string_value(key);

                if (json_object_get(finding, name)) {
                    json_object_set(reduced, name, json_object_get(finding, name));
                }
            }
            json_array_set_new(findings, k, reduced);
        }
    }
    json_decref(keep);
    return expected;
}

static bool is_expected(struct program_call *call, const char *expected_path, const char *how)
{
    CLEANUP(buf_done_at) struct buf where = { 0 };
    json_t *expected = essence_of(expected_path), *actual;
    int code, expected_code;
    bool good;

    actual = run_json(call, &code);
    expected_code =
        (int)json_integer_value(json_object_get(json_object_get(expected, "exit"), "code"));
    good = json_contains(actual, expected, &where);
    if (!good) {
        print_error("%s: differs from %s at %s\n", how, expected_path, where.data);
    }
    if (code != expected_code) {
        print_error("%s: exit code %d\n", how, code);
        good = false;
    }
    json_decref(actual);
    json_decref(expected);
    return good;
}

/* --- the stories --- */

struct story {
    const char *name, *export, *expected;
    const char *options[2];   /* which part of the journal, for nodecause and for journalctl */
    const char *also[EXTRAS]; /* files that are not logs of the journal */
};

static const struct story stories[] = {
    { "swap",
      SWAP "journal.export",
      SWAP "expected.json",
      { NULL },
      { SWAP "input/fstab", SWAP "input/free.txt" } },
    { "eviction",
      EVICTION "journal.export",
      EVICTION "expected.json",
      { NULL },
      { EVICTION "input/describe-node-events.txt", EVICTION "input/df-h.txt" } },
    { "eviction, before the change",
      EVICTION "journal.export",
      CASES "eviction-ubuntu-k8s-3-before-change/expected.json",
      { "--until", "2017-10-16 08:00:00" },
      { EVICTION "input/describe-node-events.txt", EVICTION "input/df-h.txt" } },
    { "inotify, restarted",
      INOTIFY "restart/journal.export",
      INOTIFY "restart/expected.json",
      { NULL },
      { INOTIFY "restart/input/max_user_watches.txt" } },
    { "inotify, running",
      INOTIFY "running/journal.export",
      INOTIFY "running/expected.json",
      { NULL },
      { INOTIFY "running/input/max_user_watches.txt" } },
    { "system OOM",
      OOM "journal.export",
      OOM "expected.json",
      { NULL },
      { OOM "input/describe-node-events.txt", OOM "input/swapon.txt" } },
};

static bool from_file(const struct story *story, const struct journal *journal)
{
    const char *arguments[ARGUMENTS] = { "-o", "json", "--file", journal->file };
    struct program_call call = { .arguments = arguments };

    add_arguments(arguments, story->options, N_ELEMENTS(story->options));
    add_arguments(arguments, story->also, EXTRAS);
    return is_expected(&call, story->expected, "journal file");
}

static bool from_journalctl(const struct story *story, const struct journal *journal,
                            const char *format)
{
    const char *print[ARGUMENTS] = { "-q", "--no-pager", "--file", journal->file, "-o", format };
    const char *arguments[ARGUMENTS] = { "-o", "json", "-" };
    CLEANUP(program_result_done) struct program_result printed;
    struct program_call call = { .arguments = arguments };

    add_arguments(print, story->options, N_ELEMENTS(story->options));
    program_run(&(struct program_call){ .program = "/usr/bin/journalctl", .arguments = print },
                &printed);
    assert_int_equal(printed.code, 0);
    call.input = buf_span(&printed.out);
    add_arguments(arguments, story->also, EXTRAS);
    return is_expected(&call, story->expected, format);
}

static void test_story(void **state)
{
    static const char *const formats[] = { "json",      "export",        "short",
                                           "short-iso", "short-precise", "short-full" };
    const struct story *story = *state;
    CLEANUP(journal_done) struct journal journal = { 0 };
    bool good;

    if (!journal_available()) {
        skip();
    }
    journal = make_journal(story->export);
    good = from_file(story, &journal);
    for (size_t i = 0; i < N_ELEMENTS(formats); i++) {
        good = from_journalctl(story, &journal, formats[i]) && good;
    }
    assert_true(good);
}

/* --- which part of the journal --- */

struct part {
    const char *export;
    const char *options[4]; /* instead of --file, if they begin with -D */
    int code;
    const char *root;  /* the only root cause; NULL: none */
    int entries;       /* read of the journal */
    const char *error; /* in the input's error; NULL: it has none */
};

#define DIRECTORY "(directory)"

static const struct part parts[] = {
    { SWAP "journal.export", { "_PID=19593" }, 1, "kubelet/swap-enabled", 7, NULL },
    { SWAP "journal.export", { "_PID=19594" }, 4, NULL, 0, "no entry matches" },
    { SWAP "journal.export", { "_PID=1" }, 5, "systemd/unit-exited", 5, NULL },
    { SWAP "journal.export", { "_PID=1", "_PID=19593" }, 1, "kubelet/swap-enabled", 12, NULL },
    { SWAP "journal.export", { "_PID=19593", "+", "_PID=1" }, 1, "kubelet/swap-enabled", 12, NULL },
    { SWAP "journal.export", { "_PID=19593", "PRIORITY=5" }, 4, NULL, 0, "no entry matches" },
    { SWAP "journal.export", { "-u", "kubelet" }, 1, "kubelet/swap-enabled", 12, NULL },
    { SWAP "journal.export", { "-u", "crio" }, 4, NULL, 0, "no entry matches" },
    { SWAP "journal.export", { "-u", "kubelte" }, 4, NULL, 0, "did you mean kubelet.service?" },
    { SWAP "journal.export", { "-t", "kubelett" }, 4, NULL, 0, "did you mean kubelet?" },
    { SWAP "journal.export", { "-b" }, 1, "kubelet/swap-enabled", 12, NULL },
    { SWAP "journal.export", { "-b", "-1" }, 4, NULL, 0, "no boot '-1'" },
    { SWAP "journal.export", { "-k" }, 4, NULL, 0, "no entry matches" },
    { OOM "journal.export", { "-k" }, 1, "memory/system-oom", 4, NULL },
    { OOM "journal.export", { "-u", "kubelet" }, 4, NULL, 0, "no entry matches" },
    { SWAP "journal.export", { "-S", "2019-04-08 05:06:29" }, 1, "kubelet/swap-enabled", 12, NULL },
    { SWAP "journal.export", { "--since", "2019-04-08 05:06:30" }, 0, NULL, 2, NULL },
    { SWAP "journal.export", { "--since", "2019-04-09" }, 4, NULL, 0, "no entry matches" },
    { SWAP "journal.export", { "-U", "2019-04-08 05:06:30" }, 1, "kubelet/swap-enabled", 10, NULL },
    { SWAP "journal.export", { "--until", "2019-04-08 05:06:28" }, 4, NULL, 0, "no entry matches" },
    { SWAP "journal.export", { "-D", DIRECTORY }, 1, "kubelet/swap-enabled", 12, NULL },
    { SWAP "journal.export",
      { "-D", DIRECTORY, "_PID=19593" },
      1,
      "kubelet/swap-enabled",
      7,
      NULL },
};

static bool is_error(const json_t *input, const char *error)
{
    const char *actual = json_string_value(json_object_get(input, "error"));

    return error ? actual && strstr(actual, error) : !actual;
}

static bool is_only(const json_t *roots, const char *root)
{
    const char *first = json_string_value(json_array_get(roots, 0));

    return json_array_size(roots) == (root ? 1 : 0) && (!root || strcmp(first, root) == 0);
}

static bool is_part(const struct part *part, const json_t *report, int code)
{
    const json_t *roots = json_object_get(json_object_get(report, "verdict"), "root_causes");
    const json_t *input = json_array_get(json_object_get(report, "inputs"), 0);

    return code == part->code && is_only(roots, part->root) && is_error(input, part->error) &&
           json_integer_value(json_object_get(input, "entries")) == part->entries;
}

static bool try_part(const struct part *part, const struct journal *journal)
{
    const char *arguments[ARGUMENTS] = { "-o", "json" };
    struct program_call call = { .arguments = arguments };
    const char *const file[] = { "--file", journal->file };
    json_t *report;
    bool good;
    int code;

    add_arguments(arguments, part->options, N_ELEMENTS(part->options));
    for (size_t i = 0; arguments[i]; i++) {
        if (strcmp(arguments[i], DIRECTORY) == 0) {
            arguments[i] = journal->directory;
        }
    }
    if (strcmp(part->options[0], "-D") != 0) {
        add_arguments(arguments, file, 2);
    }
    report = run_json(&call, &code);
    good = is_part(part, report, code);
    if (!good) {
        print_error("%s %s: exit code %d\n", part->options[0],
                    part->options[1] ? part->options[1] : "", code);
        json_dumpf(report, stderr, JSON_INDENT(1));
    }
    json_decref(report);
    return good;
}

static void test_parts(void **state)
{
    bool good = true;

    (void)state;
    if (!journal_available()) {
        skip();
    }
    for (size_t i = 0; i < N_ELEMENTS(parts); i++) {
        CLEANUP(journal_done) struct journal journal = make_journal(parts[i].export);

        good = try_part(&parts[i], &journal) && good;
    }
    assert_true(good);
}

/* --- journals that cannot be read --- */

struct unreadable {
    const char *what;
    void (*spoil)(const struct journal *journal);
    bool as_nobody, by_directory;
    int code;
    const char *says; /* in the report */
};

static void take_away(const struct journal *journal)
{
    (void)unlink(journal->file);
}

static void lock_file(const struct journal *journal)
{
    (void)chmod(journal->directory, 0755);
    (void)chmod(journal->file, 0600);
}

static void lock_directory(const struct journal *journal)
{
    (void)chmod(journal->directory, 0700);
}

static void overwrite(const struct journal *journal, const char *text)
{
    FILE *file = fopen(journal->file, "w");

    assert_non_null(file);
    (void)fputs(text, file);
    (void)fclose(file);
}

static void make_text(const struct journal *journal)
{
    overwrite(journal, "this is no journal\n");
}

static void make_empty(const struct journal *journal)
{
    overwrite(journal, "");
}

static void cut_header(const struct journal *journal)
{
    assert_int_equal(truncate(journal->file, 100), 0);
}

static void cut_entries(const struct journal *journal)
{
    assert_int_equal(truncate(journal->file, 4000), 0);
}

static void break_header(const struct journal *journal)
{
    FILE *file = fopen(journal->file, "r+");

    assert_non_null(file);
    for (int i = 0; i < 256; i++) {
        (void)fputc(i < 8 ? "LPKSHHRH"[i] : 0xff, file);
    }
    (void)fclose(file);
}

static const struct unreadable unreadables[] = {
    { "missing file", take_away, false, false, 3, "no such file" },
    { "no permission for the file", lock_file, true, false, 3, "permission denied" },
    { "no permission for the directory", lock_directory, true, true, 3, "permission denied" },
    { "directory without journals", take_away, false, true, 3, "no journal" },
    { "text", make_text, false, false, 3, "not a journal file" },
    { "empty", make_empty, false, false, 3, "empty" },
    { "cut in its header", cut_header, false, false, 3, "truncated" },
    { "cut before its entries", cut_entries, false, false, 3, "truncated after 4000 bytes" },
    { "header of 0xff", break_header, false, false, 3, "journal" },
};

static bool try_unreadable(const struct unreadable *row)
{
    CLEANUP(journal_done) struct journal journal = make_journal(SWAP "journal.export");
    CLEANUP(program_result_done) struct program_result result;
    const char *const arguments[] = { "-o", "json", row->by_directory ? "-D" : "--file",
                                      row->by_directory ? journal.directory : journal.file, NULL };

    row->spoil(&journal);
    program_run(&(struct program_call){ .arguments = arguments, .as_nobody = row->as_nobody },
                &result);
    buf_add(&result.out, buf_span(&result.errs));
    if (result.code == row->code && strstr(result.out.data, row->says)) {
        return true;
    }
    print_error("%s: exit code %d, %s\n", row->what, result.code, result.out.data);
    return false;
}

static void test_unreadable(void **state)
{
    bool good = true, nobody = program_can_be_nobody();

    (void)state;
    if (!journal_available()) {
        skip();
    }
    for (size_t i = 0; i < N_ELEMENTS(unreadables); i++) {
        if (nobody || !unreadables[i].as_nobody) {
            good = try_unreadable(&unreadables[i]) && good;
        }
    }
    assert_true(good);
}

/* --- a night of restarts --- */

#define BOOT "5f3c0ffeec0ffee05f3c0ffeec0ffee0"
#define REFUSED                                                                                    \
    "server.go:262] failed to run Kubelet: Running with swap on is not supported, please disable " \
    "swap! or set --fail-swap-on flag to false. /proc/swaps contained: [Filename Type Size Used "  \
    "Priority /dev/sda5 partition 998396 0 -1]"

static void add_kubelet(struct buf *text, int64_t time_us, int life, const char *message)
{
    CLEANUP(buf_done_at) struct buf fields = { 0 };

    buf_printf(&fields,
               "_HOSTNAME=kmaster135\n_TRANSPORT=stdout\nPRIORITY=6\nSYSLOG_IDENTIFIER=kubelet\n"
               "_PID=%d\n_SYSTEMD_UNIT=kubelet.service\n_SYSTEMD_INVOCATION_ID=%032x\n"
               "MESSAGE=%s\n",
               19593 + life, (unsigned)life, message);
    journal_add_entry(text, time_us, BOOT, fields.data);
}

static void add_systemd(struct buf *text, int64_t time_us, int life, const char *rest)
{
    CLEANUP(buf_done_at) struct buf fields = { 0 };

    buf_printf(&fields,
               "_HOSTNAME=kmaster135\n_TRANSPORT=journal\nPRIORITY=5\nSYSLOG_IDENTIFIER=systemd\n"
               "_PID=1\n_SYSTEMD_UNIT=init.scope\nUNIT=kubelet.service\nINVOCATION_ID=%032x\n%s\n",
               (unsigned)life, rest);
    journal_add_entry(text, time_us, BOOT, fields.data);
}

/* As systemd 239 and newer tell it: ten seconds from one life to the next. */
static void add_life(struct buf *text, int life)
{
    int64_t time_us = 1554699989000000 + (int64_t)life * 10300000;
    CLEANUP(buf_done_at) struct buf scheduled = { 0 };

    buf_printf(&scheduled,
               "MESSAGE_ID=5eb03494b6584870a536b337290809b3\nN_RESTARTS=%d\n"
               "MESSAGE=kubelet.service: Scheduled restart job, restart counter is at %d.",
               life, life);
    add_kubelet(text, time_us, life, "I0407 22:06:29.445241 1 server.go:408] Version: v1.12.3");
    add_kubelet(text, time_us + 58000, life, "F0407 22:06:29.503369 1 " REFUSED);
    add_systemd(text, time_us + 60000, life,
                "MESSAGE_ID=98e322203f7a4ed290d09fe03c09fe15\nEXIT_CODE=exited\nEXIT_STATUS=255\n"
                "MESSAGE=kubelet.service: Main process exited, code=exited, status=255/n/a");
    add_systemd(text, time_us + 60001, life,
                "MESSAGE_ID=d9b373ed55a64feb8242e02dbe79a49c\nUNIT_RESULT=exit-code\n"
                "MESSAGE=kubelet.service: Failed with result 'exit-code'.");
    add_systemd(text, time_us + 10200000, life, scheduled.data);
}

static const char restarts_expected[] =
    "{'exit': {'code': 1}, 'verdict': {'root_causes': ['kubelet/swap-enabled']},"
    " 'nodes': [{'host': 'kmaster135', 'findings': ["
    "  {'rule': 'kubelet/swap-enabled', 'role': 'root', 'lives': 480, 'count': 480,"
    "   'lives_sentence': '480 runs ended, all with this cause'},"
    "  {'rule': 'systemd/unit-exited', 'role': 'consequence', 'lives': 480,"
    "   'facts': {'status': '255'}},"
    "  {'rule': 'systemd/restart-loop', 'role': 'consequence',"
    "   'facts': {'unit': 'kubelet.service', 'restarts': 480}}]}], 'unexplained': []}";

static json_t *load_quoted(const char *text)
{
    CLEANUP(buf_done_at) struct buf json = { 0 };

    for (; *text; text++) {
        buf_add_byte(&json, *text == '\'' ? '"' : *text);
    }
    return json_loads(json.data, 0, NULL);
}

static size_t count_rule(const json_t *report, const char *rule)
{
    const json_t *findings =
        json_object_get(json_array_get(json_object_get(report, "nodes"), 0), "findings");
    size_t n = 0;

    for (size_t i = 0; i < json_array_size(findings); i++) {
        const json_t *name = json_object_get(json_array_get(findings, i), "rule");

        n += strcmp(json_string_value(name), rule) == 0;
    }
    return n;
}

static void test_restarts(void **state)
{
    CLEANUP(journal_done) struct journal journal = { 0 };
    CLEANUP(buf_done_at) struct buf text = { 0 }, where = { 0 };
    CLEANUP(program_result_done) struct program_result result = { 0 };
    json_t *report, *expected = load_quoted(restarts_expected);

    (void)state;
    if (!journal_available()) {
        skip();
    }
    for (int life = 1; life <= LIVES; life++) {
        add_life(&text, life);
    }
    journal = make_journal_of(buf_span(&text));
    program_run(&(struct program_call){ .arguments = (const char *const[]){ "-o", "json", "--file",
                                                                            journal.file, NULL } },
                &result);
    report = json_loads(result.out.data, 0, NULL);
    if (!json_contains(report, expected, &where)) {
        fail_msg("differs at %s: %s%s", where.data, result.out.data, result.errs.data);
    }
    assert_int_equal(count_rule(report, "kubelet/swap-enabled"), 1);
    assert_int_equal(result.code, 1);
    if (!program_is_sanitized()) {
        assert_true(result.cpu_seconds < 1);
    }
    json_decref(report);
    json_decref(expected);
}

int main(void)
{
    VEC(struct CMUnitTest) tests = { 0 };
    int r;

    for (size_t i = 0; i < N_ELEMENTS(stories); i++) {
        vec_push(&tests, (struct CMUnitTest){ .name = stories[i].name,
                                              .test_func = test_story,
                                              .initial_state = (void *)&stories[i] });
    }
    vec_push(&tests, (struct CMUnitTest)cmocka_unit_test(test_parts));
    vec_push(&tests, (struct CMUnitTest)cmocka_unit_test(test_unreadable));
    vec_push(&tests, (struct CMUnitTest)cmocka_unit_test(test_restarts));
    r = _cmocka_run_group_tests("stories from the journal", tests.items, tests.n, NULL, NULL);
    vec_free(&tests);
    return r;
}

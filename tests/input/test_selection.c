/* journalctl's options for texts: which entries stay, which are left out, and what is said of those
 * that do not tell. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "format/reader.h"
#include "input/completion.h"
#include "input/selection.h"
#include "rule/load.h"

#include <stdlib.h>
#include <time.h>

static const struct streams *streams;

static const char short_log[] =
    "Apr 07 22:06:28 kmaster135 kernel: Out of memory: Killed process 19593 (kubelet)\n"
    "Apr 07 22:06:29 kmaster135 systemd[1]: kubelet.service: Failed with result 'exit-code'.\n"
    "Apr 07 22:06:30 kmaster135 systemd[1]: Started Session 3 of user root.\n"
    "Apr 07 22:06:31 kmaster135 kubelet[19593]: F0407 22:06:31.503369   19593 server.go:262] "
    "failed to run Kubelet\n"
    "Apr 07 22:06:32 kmaster135 dockerd[900]: hello\n"
    "Apr 07 22:06:33 kmaster135 sshd[811]: Accepted publickey for root\n";

static const char klog[] = "E0407 22:06:29.000000   19593 server.go:408] one failed\n"
                           "I0407 22:06:30.000000   19593 server.go:408] two went\n";

static const char json[] =
    "{\"__REALTIME_TIMESTAMP\":\"1700000000000000\",\"_PID\":\"7\",\"MESSAGE\":\"one\","
    "\"PRIORITY\":\"3\",\"_SYSTEMD_UNIT\":\"kubelet.service\",\"A\":\"x\"}\n"
    "{\"__REALTIME_TIMESTAMP\":\"1700000001000000\",\"_PID\":\"8\",\"MESSAGE\":\"two\","
    "\"PRIORITY\":\"6\",\"_SYSTEMD_UNIT\":\"sshd.service\"}\n";

static const char bare[] = "Swap is on\nand off\n";

struct memory {
    struct span rest;
};

static int64_t read_memory(void *source, char *buffer, size_t size)
{
    struct memory *memory = source;
    struct span piece = span_head(memory->rest, size);

    if (piece.size) {
        memcpy(buffer, piece.data, piece.size);
    }
    memory->rest = span_skip(memory->rest, piece.size);
    return (int64_t)piece.size;
}

/* The numbers of the lines that stay: `134`. */
static void run(const struct journal_query *query, const char *text, struct buf *ret,
                struct notes *notes)
{
    CLEANUP(selection_free_at) struct selection *selection = selection_new(query, streams);
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct memory memory = { span_of(text) };
    struct reader_options options = {
        .name = "log",
        .read = read_memory,
        .source = &memory,
        .file_time_us = INT64_C(1554674890000000), /* 2019-04-07 22:08:10 UTC */
    };
    struct completion completion;
    CLEANUP(reader_free_at) struct reader *reader = reader_new(&options);
    struct batch batch;

    completion_init(&completion, streams, /* input= */ 0, options.name, /* layers= */ false);
    while (reader_next(reader, &batch) > 0) {
        struct span rest = batch.bytes, line;

        batch = completion_apply(&completion, &batch);
        if (selection) {
            batch = selection_apply(selection, &batch);
        }
        while (span_cut(&rest, '\n', &line)) {
            struct entry entry;
            position at = batch_locate(&batch, (size_t)(line.data - batch.bytes.data));

            if (batch_decode(&batch, at, arena, &entry) > 0) {
                buf_printf(ret, "%llu", (unsigned long long)entry.origin.line);
            }
        }
    }
    if (selection) {
        selection_note(selection, SPAN("log"), notes);
    }
    completion_done(&completion);
}

#define WORDS(...)                                                                                 \
    {                                                                                              \
        (const char *const[]){ __VA_ARGS__ }, N_ELEMENTS(((const char *const[]){ __VA_ARGS__ }))   \
    }

#define UNTOLD(options) options ": some entries do not say, and were read too"
#define NONE_SELECTED   "the options select none of its entries"
#define WHOLE(options)  options " cannot be applied to a text: all of it was read"

static void test_rows(void **state)
{
    /* clang-format off */
    const struct {
        const char *text;
        struct { const char *const *words; size_t n; } units, identifiers, matches;
        bool dmesg;
        const char *grep, *boot;
        int64_t since_us, until_us; /* seconds behind 22:06:00; 0: none */
        uint64_t lines;
        int level; /* + 1; 0: all */
        const char *stay, *note;
    } rows[] = {
        { short_log, .stay = "123456" },
        { short_log, .boot = "all", .stay = "123456" },
        { short_log, .units = WORDS("kubelet"), .stay = "234", .note = UNTOLD("-u") },
        { short_log, .units = WORDS("sshd.service"), .stay = "36", .note = UNTOLD("-u") },
        { short_log, .units = WORDS("kube*"), .stay = "234", .note = UNTOLD("-u") },
        { short_log, .units = WORDS("docker"), .stay = "35", .note = UNTOLD("-u") },
        { short_log, .units = WORDS("nosuch"), .stay = "3", .note = UNTOLD("-u") },
        { short_log, .identifiers = WORDS("kubelet"), .stay = "4" },
        { short_log, .identifiers = WORDS("kubelet", "kernel"), .stay = "14" },
        { short_log, .identifiers = WORDS("kube"), .stay = "" },
        { short_log, .dmesg = true, .stay = "1" },
        { short_log, .since_us = 31, .stay = "456" },
        { short_log, .until_us = 29, .stay = "12" },
        { short_log, .since_us = 30, .until_us = 32, .stay = "345" },
        { short_log, .level = 2, .stay = "12356", .note = UNTOLD("-p") },
        { short_log, .grep = "FAILED", .stay = "" },
        { short_log, .grep = "failed", .stay = "24" },
        { short_log, .grep = "^F0407 ", .stay = "4" },
        { short_log, .grep = "kmaster135", .stay = "" },
        { short_log, .matches = WORDS("_PID=1"), .stay = "123", .note = UNTOLD("FIELD=VALUE") },
        { short_log, .matches = WORDS("_PID=1", "SYSLOG_IDENTIFIER=kubelet"), .stay = "" },
        { short_log, .matches = WORDS("_PID=811", "+", "SYSLOG_IDENTIFIER=kubelet"), .stay = "146", .note = UNTOLD("FIELD=VALUE") },
        { short_log, .boot = "0", .stay = "123456", .note = WHOLE("-b") },
        { short_log, .boot = "0", .lines = 1, .units = WORDS("sshd"), .stay = "36",
          .note = WHOLE("-b, -n") "; " UNTOLD("-u") },
        { klog, .units = WORDS("kubelet"), .stay = "12", .note = UNTOLD("-u") },
        { klog, .dmesg = true, .stay = "" },
        { klog, .level = 4, .stay = "1" },
        { klog, .grep = "^I0407", .stay = "2" },
        { json, .units = WORDS("kubelet"), .stay = "1" },
        { json, .matches = WORDS("A=x"), .stay = "1" },
        { json, .matches = WORDS("A=x", "A=y"), .stay = "1" },
        { json, .matches = WORDS("A=x", "_PID=8"), .stay = "" },
        { json, .matches = WORDS("A=x", "+", "_PID=8"), .stay = "12" },
        { json, .level = 4, .stay = "1" },
        { bare, .units = WORDS("kubelet"), .since_us = 1, .stay = "12", .note = UNTOLD("-u, -S, -U") },
        { bare, .grep = "swap", .stay = "1" },
    };
    /* clang-format on */
    const int64_t base_us = INT64_C(1554674760000000); /* 2019-04-07 22:06:00 UTC */

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(notes_free_at) struct notes *notes = notes_new();
        CLEANUP(buf_done_at) struct buf got = { 0 };
        const char *note;
        struct journal_query query = journal_query_empty();

        query.units = rows[i].units.words;
        query.n_units = rows[i].units.n;
        query.identifiers = rows[i].identifiers.words;
        query.n_identifiers = rows[i].identifiers.n;
        query.matches = rows[i].matches.words;
        query.n_matches = rows[i].matches.n;
        query.dmesg = rows[i].dmesg;
        query.grep = rows[i].grep;
        query.boot = rows[i].boot;
        query.lines = rows[i].lines;
        query.priority = rows[i].level - 1;
        if (rows[i].since_us) {
            query.since_us = base_us + rows[i].since_us * USEC_PER_SEC;
        }
        if (rows[i].until_us) {
            query.until_us = base_us + rows[i].until_us * USEC_PER_SEC;
        }
        run(&query, rows[i].text, &got, notes);
        if (!span_is(buf_span(&got), rows[i].stay)) {
            fail_msg("row %zu: '%.*s' stays, not '%s'", i, (int)got.size, got.data, rows[i].stay);
        }
        note = rows[i].stay[0] || rows[i].note ? rows[i].note : NONE_SELECTED;
        if (notes_count(notes) != (note != NULL)) {
            fail_msg("row %zu: %zu notes", i, notes_count(notes));
        }
        if (note && !span_is(notes_get(notes, 0)->detail, note)) {
            fail_msg("row %zu: noted '%s'", i, notes_get(notes, 0)->detail.data);
        }
    }
}

/* Times without a zone are those of a clock on the wall here. */
static void test_zone(void **state)
{
    CLEANUP(notes_free_at) struct notes *notes = notes_new();
    CLEANUP(buf_done_at) struct buf got = { 0 };
    struct journal_query query = journal_query_empty();

    (void)state;
    assert_int_equal(setenv("TZ", "XXX-2", 1), 0); /* two hours ahead */
    tzset();
    query.since_us = INT64_C(1554674791000000) - INT64_C(7200) * USEC_PER_SEC; /* 22:06:31 here */
    run(&query, short_log, &got, notes);
    assert_true(span_is(buf_span(&got), "456"));
    assert_int_equal(notes_count(notes), 0);
    assert_int_equal(setenv("TZ", "UTC", 1), 0);
    tzset();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_zone),
    };
    struct rule_set *rules = rule_set_new();
    int r;

    if (rule_set_add_builtin(rules, NULL) < 0 || rule_set_finish(rules, NULL) < 0) {
        return 1;
    }
    streams = &rule_set_rules(rules)->streams;
    r = cmocka_run_group_tests(tests, NULL, NULL);
    rule_set_free(rules);
    return r;
}

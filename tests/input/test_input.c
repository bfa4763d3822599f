/* What becomes of a path, a pipe, a folder, a state file, text in memory, and a source of records. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helpers/folder.h"
#include "input/inputs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KLOG   "I0407 22:06:29.445241   19593 server.go:408] Version: v1.12.3\n"
#define LATER  "I0407 22:07:29.445241   19593 server.go:408] later\n"
#define SWAPS  "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n/dev/sda5 partition 998396 0 -2\n"
#define DF_ROW "/dev/sda5      22092264 21045684     0  100% /\n"

/* What was read of all inputs. */
struct result {
    struct inputs *inputs;
    struct states *states;
    struct notes *notes;
    struct report *report;
    struct buf messages; /* of all entries, each with a newline */
    bool newest_first;   /* of the last batch */
    size_t n_states;     /* inputs that were state files */
    char kind[32];       /* of the last one */
};

static void read_batch(struct result *result, const struct batch *batch)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    position at = batch->locate(batch->owner, 0);
    struct entry entry;

    result->newest_first = batch->newest_first;
    do {
        if (batch->decode(batch->owner, at, arena, &entry) > 0) {
            buf_add(&result->messages, entry.message);
            buf_add_byte(&result->messages, '\n');
        }
    } while (batch->step(batch->owner, at, 1, &at) > 0);
}

static void read_input(struct result *result, struct input *input)
{
    const struct state_kind *kind;
    struct batch batch;
    struct span text;

    if (input_open(input, result->states, result->notes, NULL) < 0) {
        return;
    }
    kind = input_state(input, &text);
    if (kind) {
        result->n_states++;
        (void)snprintf(result->kind, sizeof(result->kind), "%s", kind->name);
    }
    while (input_next(input, &batch) > 0) {
        read_batch(result, &batch);
    }
    input_close(input);
}

static void result_init(struct result *result, const struct intake *intake)
{
    *result = (struct result){
        .inputs = inputs_new(intake),
        .states = states_new(),
        .notes = notes_new(),
        .report = report_new(),
    };
}

static void read_all(struct result *result)
{
    struct input *input;

    while ((input = inputs_next(result->inputs))) {
        read_input(result, input);
    }
    inputs_describe(result->inputs, result->report);
}

static void result_done(struct result *result)
{
    inputs_free(result->inputs);
    states_free(result->states);
    notes_free(result->notes);
    report_free(result->report);
    buf_done(&result->messages);
}

static void read_path(struct result *result, const struct intake *intake, const char *path)
{
    result_init(result, intake);
    inputs_add_paths(result->inputs, &path, 1, result->notes);
    read_all(result);
}

/* One input from a file of this text. */
static void test_files(void **state)
{
    const struct format *text_format = format_find(SPAN("text"));
    const struct {
        const char *text;
        const struct format *format; /* forced */
        const char *expected, *error;
        uint64_t entries;
        size_t n_states;
        bool newest_first;
    } rows[] = {
        { .text = KLOG LATER, .expected = "klog", .entries = 2 },
        { .text = LATER KLOG, .expected = "klog", .entries = 2, .newest_first = true },
        { .text = KLOG, .format = text_format, .expected = "text", .entries = 1 },
        { .text = SWAPS, .expected = "state/swaps", .n_states = 1 },
        { .text = SWAPS, .format = text_format, .expected = "state/swaps", .n_states = 1 },
        { .text = "", .expected = "text", .error = "is empty" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct intake intake = { .format = rows[i].format };
        struct folder folder;
        struct result result;
        char path[128];

        folder_init(&folder);
        folder_write(&folder, "input", rows[i].text);
        (void)snprintf(path, sizeof(path), "%s/input", folder.path);
        read_path(&result, &intake, path);
        assert_int_equal(result.report->n_inputs, 1);
        assert_true(span_is(result.report->inputs[0].name, path));
        assert_true(span_is(result.report->inputs[0].format, rows[i].expected));
        assert_int_equal(result.report->inputs[0].bytes, strlen(rows[i].text));
        assert_int_equal(result.report->inputs[0].entries, rows[i].entries);
        assert_int_equal(result.n_states, rows[i].n_states);
        assert_int_equal(result.newest_first, rows[i].newest_first);
        if (rows[i].error) {
            assert_string_equal(result.report->inputs[0].error, rows[i].error);
        } else {
            assert_null(result.report->inputs[0].error);
        }
        result_done(&result);
        folder_done(&folder);
    }
}

static void test_missing(void **state)
{
    struct result result;

    (void)state;
    read_path(&result, &(struct intake){ 0 }, "/nonexistent");
    assert_int_equal(result.report->n_inputs, 1);
    assert_true(span_is(result.report->inputs[0].name, "/nonexistent"));
    assert_non_null(result.report->inputs[0].error);
    result_done(&result);
}

/* What is on a pipe comes only once, a log as well as a state file. */
static void test_pipes(void **state)
{
    static const struct {
        const char *text, *format, *messages;
    } rows[] = {
        { SWAPS, "state/swaps", NULL },
        { KLOG, "klog", "Version: v1.12.3\n" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(buf_done_at) struct buf command = { 0 };
        struct folder folder;
        struct result result;
        char path[128];

        folder_init(&folder);
        folder_write(&folder, "text", rows[i].text);
        (void)snprintf(path, sizeof(path), "%s/pipe", folder.path);
        assert_int_equal(mkfifo(path, 0600), 0);
        buf_printf(&command, "cat %s/text > %s &", folder.path, path);
        assert_int_equal(system(command.data), 0);
        read_path(&result, &(struct intake){ 0 }, path);
        assert_true(span_is(result.report->inputs[0].format, rows[i].format));
        if (rows[i].messages) {
            assert_string_equal(result.messages.data, rows[i].messages);
        }
        result_done(&result);
        folder_done(&folder);
    }
}

static void test_folders(void **state)
{
    struct folder folder;
    struct result result;
    char path[128];

    (void)state;
    folder_init(&folder);
    (void)snprintf(path, sizeof(path), "%s/", folder.path);
    read_path(&result, &(struct intake){ 0 }, path);
    assert_int_equal(result.report->n_inputs, 1);
    assert_string_equal(result.report->inputs[0].error, "contains no files");
    result_done(&result);

    folder_write(&folder, "b.log", KLOG);
    folder_write(&folder, "a/swaps", SWAPS);
    read_path(&result, &(struct intake){ 0 }, path);
    assert_int_equal(result.report->n_inputs, 2);
    assert_true(span_is(result.report->inputs[0].format, "state/swaps"));
    (void)snprintf(path, sizeof(path), "%s/b.log", folder.path);
    assert_true(span_is(result.report->inputs[1].name, path));
    assert_true(span_is(result.report->inputs[1].format, "klog"));
    assert_int_equal(result.report->stats.entries, 1);
    result_done(&result);
    folder_done(&folder);
}

/* Text is what the caller says it is: a log, which may have a table pasted into it, or state. */
static void test_text(void **state)
{
    struct result result;

    (void)state;
    result_init(&result, &(struct intake){ 0 });
    inputs_add_text(result.inputs, "log", SPAN(SWAPS), NULL);
    inputs_add_text(result.inputs, "pasted", SPAN(KLOG "Filesystem 1K-blocks\n" DF_ROW), NULL);
    inputs_add_text(result.inputs, "swaps", SPAN(SWAPS), state_kind_find(SPAN("swaps")));
    read_all(&result);
    assert_int_equal(result.report->n_inputs, 3);
    assert_int_equal(result.n_states, 1);
    assert_string_equal(result.kind, "swaps");
    assert_false(span_is(result.report->inputs[0].format, "state/swaps"));
    assert_non_null(states_find(result.states, SPAN("df")));
    assert_int_equal(states_find(result.states, SPAN("swaps"))->n_rows, 1);
    result_done(&result);
}

/* --- a second source of records --- */

static const char *const records[] = { "I0407 22:06:29.0 1 a.go:1] one\n", "two\n" };

struct source {
    size_t n_batches;
};

static int64_t offset_of(size_t at)
{
    return at ? (int64_t)strlen(records[0]) : 0;
}

static position locate(void *owner, size_t offset)
{
    (void)owner;
    return (int64_t)offset >= offset_of(1);
}

static int decode(void *owner, position at, struct arena *arena, struct entry *ret)
{
    (void)owner;
    (void)arena;
    *ret = entry_empty();
    ret->message = span_of(records[at]);
    ret->identifier = at ? SPAN("sshd") : SPAN("kubelet");
    return 1;
}

static int step(void *owner, position at, int direction, position *ret)
{
    (void)owner;
    if (at + direction < 0 || at + direction > 1) {
        return 0;
    }
    *ret = at + direction;
    return 1;
}

static int bid(const struct source_request *request, struct span head)
{
    (void)request;
    (void)head;
    return SOURCE_NO;
}

static int dummy_open(const struct source_request *request, struct source **ret,
                      struct error *reterr)
{
    (void)request;
    (void)reterr;
    *ret = calloc(1, sizeof(**ret));
    return 0;
}

static int dummy_next(struct source *source, struct batch *ret)
{
    static const char bytes[] = "I0407 22:06:29.0 1 a.go:1] one\ntwo\n";

    if (source->n_batches++) {
        return 0;
    }
    *ret = (struct batch){
        .bytes = SPAN(bytes), .n_records = 2, .locate = locate, .decode = decode, .step = step
    };
    return 1;
}

static void describe(const struct source *source, struct source_facts *ret)
{
    (void)source;
    ret->bytes = 7;
}

static void dummy_close(struct source *source)
{
    free(source);
}

static const struct source_type dummy = {
    .name = "dummy",
    .summary = "for this test",
    .bid = bid,
    .open = dummy_open,
    .next = dummy_next,
    .describe = describe,
    .close = dummy_close,
};

/* Its entries are completed, and selected since it does not select itself. */
static void test_records(void **state)
{
    static const char *const kubelet = "kubelet";
    struct journal_query query = journal_query_empty();
    struct intake intakes[] = { { 0 }, { .query = &query } };
    const char *expected[] = { "one\ntwo\n", "one\n" };

    (void)state;
    query.identifiers = &kubelet;
    query.n_identifiers = 1;
    for (size_t i = 0; i < N_ELEMENTS(intakes); i++) {
        struct input *input = input_new(&intakes[i], 3, &dummy,
                                        &(struct source_request){ .path = "some.dummy" }, NULL);
        struct result result;

        result_init(&result, &intakes[i]);
        read_input(&result, input);
        assert_string_equal(result.messages.data, expected[i]);
        assert_true(span_is(input_report(input)->name, "some.dummy"));
        assert_true(span_is(input_report(input)->format, "dummy"));
        assert_int_equal(input_report(input)->bytes, 7);
        assert_int_equal(input_report(input)->entries, 2);
        input_free(input);
        result_done(&result);
    }
}

/* --- following --- */

static void append(const char *path, const char *text)
{
    FILE *file = fopen(path, "a");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void test_followed(void **state)
{
    struct folder folder;
    struct result result;
    struct input *input;
    struct batch batch;
    char path[128];

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "log", KLOG);
    (void)snprintf(path, sizeof(path), "%s/log", folder.path);
    result_init(&result, &(struct intake){ 0 });
    input = inputs_follow(result.inputs, path, /* follow= */ true);
    assert_int_equal(input_open(input, result.states, result.notes, NULL), 0);
    assert_int_equal(input_next(input, &batch), -EAGAIN);
    assert_true(input_is_holding(input));
    input_settle(input, /* all= */ true);
    assert_int_equal(input_next(input, &batch), 1);
    assert_int_equal(input_next(input, &batch), -EAGAIN);
    append(path, LATER);
    assert_int_equal(input_next(input, &batch), -EAGAIN);
    input_settle(input, /* all= */ true);
    assert_int_equal(input_next(input, &batch), 1);
    read_batch(&result, &batch);
    assert_string_equal(result.messages.data, "later\n");
    assert_int_equal(input_report(input)->entries, 2);
    assert_true(input_returns(input));
    input_close(input);
    assert_false(input_is_open(input));
    result_done(&result);
    folder_done(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files),    cmocka_unit_test(test_missing),
        cmocka_unit_test(test_pipes),    cmocka_unit_test(test_folders),
        cmocka_unit_test(test_text),     cmocka_unit_test(test_records),
        cmocka_unit_test(test_followed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* A journal is read in two ways: entry by entry, or only the entries whose MESSAGE has a literal of
 * some rule (source/journal_candidates.h). The report is the same, byte for byte: of the journals of
 * the founding incidents, and of long ones mixed with a fixed seed from the tests of all rules. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/vec.h"
#include "helpers/journal.h"
#include "helpers/shipped_rules.h"
#include "pipeline.h"
#include "render/render.h"
#include "rule/load.h"
#include "unexplained/watcher.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define START_US INT64_C(1700000000000000) /* 2023-11-14 22:13:20 UTC */

enum {
    ENTRIES = 9000, /* of a file: more than one batch, and fewer storms than journals have */
    FILES = 3,
    LONG_BYTES = 100 * 1024 /* longer than what is read of a field */
};

static struct rule_set *set;
static VEC(struct span) stories; /* the inputs of the tests of the rules */

static int load(void **state)
{
    const struct rules *rules;

    (void)state;
    set = shipped_rules();
    rules = rule_set_rules(set);
    for (size_t i = 0; i < rules->n; i++) {
        for (size_t k = 0; k < rules->items[i].n_tests; k++) {
            vec_push(&stories, rules->items[i].tests[k].input);
        }
    }
    assert_true(stories.n > 0);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    vec_free(&stories);
    rule_set_free(set);
    return 0;
}

/* --- both ways --- */

static void note_nothing(void *data, const struct signal *signal, position at)
{
    (void)data;
    (void)signal;
    (void)at;
}

/* How many lines were handed out. */
static void count_lines(void *data, const struct batch *batch)
{
    size_t *n = data;

    for (size_t i = 0; i < batch->bytes.size; i++) {
        *n += batch->bytes.data[i] == '\n';
    }
}

/* A watcher sees all lines, so that they are all read. */
static struct buf diagnose(const char *path, bool all, size_t *ret_lines)
{
    struct watcher watcher = { .note = note_nothing, .look = count_lines, .data = ret_lines };
    struct pipeline_options options = { .rules = rule_set_rules(set),
                                        .fail_on = RULE_ERROR,
                                        .watcher = all ? &watcher : NULL };
    struct render_options plain = { .all = true, .version = "test" };
    CLEANUP(pipeline_free_at) struct pipeline *pipeline = pipeline_new(&options);
    CLEANUP(report_free_at) struct report *report = report_new();
    struct buf out = { 0 };

    pipeline_read_path(pipeline, path);
    pipeline_finish(pipeline, report);
    report->stats.seconds = 0;
    renderer_find(SPAN("json"))->render(report, &plain, &out);
    return out;
}

static void save(const char *path, const struct buf *text)
{
    FILE *file = fopen(path, "w");

    if (file) {
        (void)fwrite(text->data, 1, text->size, file);
        (void)fclose(file);
    }
}

static void assert_same(const char *what, const char *path)
{
    size_t n_lines = 0;
    CLEANUP(buf_done_at) struct buf all = diagnose(path, true, &n_lines);
    CLEANUP(buf_done_at) struct buf few = diagnose(path, false, NULL);

    assert_true(n_lines > 0);
    if (!span_equal(buf_span(&all), buf_span(&few))) {
        save("journal_ways.all.json", &all);
        save("journal_ways.few.json", &few);
        fail_msg("%s: the reports differ, see journal_ways.*.json", what);
    }
}

/* --- the founding incidents --- */

static void read_text(const char *path, struct buf *ret)
{
    FILE *file = fopen(path, "r");
    size_t n;

    assert_non_null(file);
    while ((n = fread(buf_reserve(ret, BUFSIZ), 1, BUFSIZ, file)) > 0) {
        ret->size += n;
    }
    (void)fclose(file);
}

static void same_of_incidents(void **state)
{
    static const char *const exports[] = {
        "cases/systemoom-izwz9h8m2chowowqckbcy0z/journal.export",
        "cases/eviction-ubuntu-k8s-3/journal.export",
        "cases/inotify-node01-running/journal.export",
        "cases/inotify-node01-restart/journal.export",
        "cases/swap-kmaster135/journal.export",
        "formats/journal_export/kubelet.export",
        "formats/journal_export/story.export",
    };

    (void)state;
    if (!journal_available()) {
        skip();
    }
    for (size_t i = 0; i < N_ELEMENTS(exports); i++) {
        CLEANUP(buf_done_at) struct buf path = { 0 }, text = { 0 };
        char *directory = journal_make_directory();

        buf_printf(&path, "%s/fixtures/%s", SOURCE_DIR, exports[i]);
        read_text(path.data, &text);
        free(journal_make_file(directory, "system.journal", buf_span(&text)));
        assert_same(exports[i], directory);
        journal_remove_directory(directory);
    }
}

/* --- mixed journals --- */

struct mixer {
    uint32_t random;
    int64_t time_us;
    unsigned boot;
    size_t n;
    struct buf text;
    struct span story; /* what is left of the one that is told */
};

static uint32_t draw(struct mixer *mixer, uint32_t below)
{
    mixer->random = mixer->random * 1664525 + 1013904223;
    return (uint32_t)(((uint64_t)mixer->random * below) >> 32);
}

/* As journalctl writes values of several lines or with control characters. */
static void add_field(struct buf *fields, const char *name, struct span value)
{
    uint64_t size = value.size;

    buf_add_string(fields, name);
    buf_add_byte(fields, '\n');
    for (int i = 0; i < 8; i++) {
        buf_add_byte(fields, (char)(size >> 8 * i & 0xff));
    }
    buf_add(fields, value);
    buf_add_byte(fields, '\n');
}

static void add_entry(struct mixer *mixer, struct span ident, struct span message)
{
    CLEANUP(buf_done_at) struct buf fields = { 0 }, boot = { 0 };

    buf_add_string(&fields, "_HOSTNAME=node-1\nPRIORITY=6\n");
    if (span_is(ident, "kernel")) {
        buf_add_string(&fields, "_TRANSPORT=kernel\nSYSLOG_IDENTIFIER=kernel\n");
    } else if (span_is(ident, "systemd")) {
        buf_add_string(&fields, "_PID=1\nSYSLOG_IDENTIFIER=systemd\n_SYSTEMD_UNIT=init.scope\n"
                                "UNIT=kubelet.service\n");
    } else {
        buf_printf(&fields, "_PID=12\nSYSLOG_IDENTIFIER=%.*s\n_SYSTEMD_UNIT=%.*s.service\n",
                   (int)ident.size, ident.data, (int)ident.size, ident.data);
    }
    add_field(&fields, "MESSAGE", message);
    buf_add_byte(&fields, '\n');
    fields.data[--fields.size] = '\0';
    buf_printf(&boot, "0a0000000000000000000000000000%02x", mixer->boot);
    buf_printf(&mixer->text, "__REALTIME_TIMESTAMP=%lld\n__MONOTONIC_TIMESTAMP=%lld\n_BOOT_ID=%s\n",
               (long long)mixer->time_us, (long long)(mixer->time_us - START_US + 1), boot.data);
    buf_add(&mixer->text, buf_span(&fields));
    buf_add_byte(&mixer->text, '\n');
    mixer->n++;
}

/* `Feb 05 10:58:14 host ident[pid]: message`; other lines are the kubelet's. */
static void add_line(struct mixer *mixer, struct span line)
{
    struct span ident = SPAN("kubelet"), rest = line, word;
    int i = 0;

    while (i < 4 && span_cut(&rest, ' ', &word)) {
        i++;
    }
    if (i == 4 && span_cut(&rest, ' ', &word) && span_ends(word, SPAN(":"))) {
        ident = span_head(word, word.size - 1);
        (void)span_cut(&ident, '[', &ident);
        line = rest;
    }
    if (!span_empty(line)) {
        add_entry(mixer, ident, line);
    }
}

static void add_healthy(struct mixer *mixer)
{
    CLEANUP(buf_done_at) struct buf message = { 0 };

    switch (draw(mixer, 40)) {
    case 0: /* of several lines */
        buf_printf(&message, "dump %u:\n  first\n  second\n", draw(mixer, 1000));
        break;
    case 1: /* binary */
        buf_printf(&message, "blob %u \x01\xff\x1b[0m", draw(mixer, 1000));
        break;
    case 2: /* compressed */
        buf_printf(&message, "padded %u %*s", draw(mixer, 1000), 3000, "end");
        break;
    case 3: /* the same again and again */
        buf_add_string(&message, "probe succeeded");
        break;
    default:
        buf_printf(&message, "I0407 22:06:29.445241      12 server.go:408] item %zu of %u is well",
                   mixer->n, draw(mixer, 1000));
    }
    add_entry(mixer, draw(mixer, 4) ? SPAN("kubelet") : SPAN("containerd"), buf_span(&message));
}

static void add_some(struct mixer *mixer, unsigned stories_of_thousand)
{
    struct span line;

    if (draw(mixer, 5)) { /* some are of the same time */
        mixer->time_us += draw(mixer, 1500000);
    }
    if (span_empty(mixer->story) && draw(mixer, 1000) < stories_of_thousand) {
        mixer->story = stories.items[draw(mixer, (uint32_t)stories.n)];
    }
    if (draw(mixer, 2) && span_cut(&mixer->story, '\n', &line)) {
        add_line(mixer, line);
    } else {
        add_healthy(mixer);
    }
}

/* A text that matters within what is read of a long field, or behind it. */
static void add_long(struct mixer *mixer, bool behind)
{
    static const char said[] = "failed to run Kubelet: running with swap on is not supported";
    CLEANUP(buf_done_at) struct buf message = { 0 };

    buf_printf(&message, "F0407 22:06:29.445241      12 server.go:408] ");
    if (behind) {
        buf_printf(&message, "%*s %s", LONG_BYTES, "", said);
    } else {
        buf_printf(&message, "%s %*s", said, LONG_BYTES, "end");
    }
    add_entry(mixer, SPAN("kubelet"), buf_span(&message));
}

static void make_files(const char *directory, uint32_t seed, unsigned stories_of_thousand,
                       bool with_long)
{
    struct mixer mixer = { .random = seed, .time_us = START_US };

    for (int i = 0; i < FILES; i++) {
        CLEANUP(buf_done_at) struct buf name = { 0 };

        buf_clear(&mixer.text);
        for (mixer.n = 0; mixer.n < ENTRIES;) {
            add_some(&mixer, stories_of_thousand);
            mixer.boot += mixer.n % (ENTRIES / 2) == 0;
        }
        if (with_long) {
            add_long(&mixer, i == 0);
        }
        buf_printf(&name, i ? "system@%d.journal" : "system.journal", i);
        free(journal_make_file(directory, name.data, buf_span(&mixer.text)));
    }
    buf_done(&mixer.text);
}

/* The file of a running machine: its header says that it is being written. */
static void open_file(const char *directory, const char *name)
{
    CLEANUP(buf_done_at) struct buf path = { 0 };
    FILE *file;

    buf_printf(&path, "%s/%s", directory, name);
    file = fopen(path.data, "r+");
    assert_non_null(file);
    assert_int_equal(fseek(file, 16, SEEK_SET), 0);
    assert_int_equal(fputc(1, file), 1);
    assert_int_equal(fclose(file), 0);
}

static void same_of_mixed(void **state)
{
    const struct {
        const char *what;
        uint32_t seed;
        unsigned stories; /* that begin, of a thousand entries */
        bool with_long, open;
    } rows[] = {
        { "a healthy node", 1, 0, false, false }, { "some trouble", 2, 3, false, false },
        { "more trouble", 3, 10, false, false },  { "a storm", 4, 500, false, false },
        { "a long value", 5, 1, true, false },    { "a running machine", 6, 3, false, true },
    };

    (void)state;
    if (!journal_available()) {
        skip();
    }
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        char *directory = journal_make_directory();

        make_files(directory, rows[i].seed, rows[i].stories, rows[i].with_long);
        if (rows[i].open) {
            open_file(directory, "system@2.journal");
        }
        assert_same(rows[i].what, directory);
        journal_remove_directory(directory);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_of_incidents),
        cmocka_unit_test(same_of_mixed),
    };

    return cmocka_run_group_tests(tests, load, unload);
}

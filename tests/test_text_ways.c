/* A large text file is read in two ways: as a stream of bytes that is searched batch by batch, or in blocks that
 * are searched where they are read, by one thread or two (source/block_ring.h). The report is the same, byte
 * for byte, of logs mixed with a fixed seed from the tests of all rules. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/vec.h"
#include "pipeline.h"
#include "render/render.h"
#include "rule/load.h"
#include "unexplained/watcher.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    LOG_BYTES = 7 * 1024 * 1024,     /* blocks begin after the first MiB, if 4 MiB are left */
    SPECIAL_BYTES = 3 * 1024 * 1024, /* and what is special comes there */
    LONG_BYTES = 300 * 1024
};

static struct rule_set *set;
static VEC(struct span) stories; /* the inputs of the tests of the rules */

static int load(void **state)
{
    struct error error = { 0 };
    const struct rules *rules;

    (void)state;
    set = rule_set_new();
    if (rule_set_add_directory(set, SOURCE_DIR "/rules", /* with_tests= */ true, &error) < 0 ||
        rule_set_finish(set, &error) < 0) {
        fail_msg("%s:%u: %s", error.path, error.line, error.text);
    }
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

/* --- all ways --- */

static void note_nothing(void *data, const struct signal *signal, position at)
{
    (void)data;
    (void)signal;
    (void)at;
}

static void look_at_nothing(void *data, const struct batch *batch)
{
    (void)data;
    assert_int_equal(batch->n_blocks, 0);
}

/* With a watcher nothing is searched in advance. */
static struct buf diagnose(const char *path, unsigned threads)
{
    struct watcher watcher = { .note = note_nothing, .look = look_at_nothing };
    struct pipeline_options options = { .rules = rule_set_rules(set),
                                        .fail_on = RULE_ERROR,
                                        .threads = threads,
                                        .watcher = threads == 0 ? &watcher : NULL };
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

/* --- logs --- */

static void add_usual_line(struct buf *log, unsigned n)
{
    buf_printf(
        log,
        "I0602 15:%02u:%02u.%06u    1234 kubelet.go:2438] \"SyncLoop (PLEG): event for pod\" "
        "pod=\"shop/web-%u\"\n",
        n / 6000 % 60, n / 100 % 60, n % 100 * 10000, n % 777);
}

/* Stories far from each other, of which some lie across the end of a block. */
static void add_lines(struct buf *log, size_t size, unsigned *random)
{
    for (unsigned n = 0; log->size < size; n++) {
        *random = *random * 1103515245u + 12345u;
        if ((*random >> 16) % 400 == 0) {
            buf_add(log, stories.items[(*random >> 8) % stories.n]);
            buf_add(log, SPAN("\n"));
        } else {
            add_usual_line(log, n);
        }
    }
}

static void check(struct span special)
{
    char path[] = "/tmp/text_ways.XXXXXX";
    CLEANUP(buf_done_at) struct buf log = { 0 };
    int fd = mkstemp(path);
    unsigned random = 7;

    assert_true(fd >= 0);
    (void)close(fd);
    add_lines(&log, SPECIAL_BYTES, &random);
    buf_add(&log, special);
    add_lines(&log, LOG_BYTES, &random);
    save(path, &log);
    {
        CLEANUP(buf_done_at) struct buf stream = diagnose(path, 0);

        for (unsigned threads = 1; threads <= 2; threads++) {
            CLEANUP(buf_done_at) struct buf blocks = diagnose(path, threads);

            if (!span_equal(buf_span(&stream), buf_span(&blocks))) {
                save("text_ways.stream.json", &stream);
                save("text_ways.blocks.json", &blocks);
                fail_msg("the reports differ, see text_ways.*.json");
            }
        }
    }
    (void)unlink(path);
}

static void same_of_lines(void **state)
{
    (void)state;
    check(SPAN("==> kubelet <==\n"));
}

/* Its rest is left out, which changes where everything after it is. */
static void same_of_long_line(void **state)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };

    (void)state;
    memset(buf_reserve(&line, LONG_BYTES), 'x', LONG_BYTES);
    line.size = LONG_BYTES;
    buf_add(&line, SPAN(" Failed to start\n"));
    check(buf_span(&line));
}

static void same_of_binary(void **state)
{
    (void)state;
    check(SPAN("a\0b \xff\xfe caf\xc3\xa9\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_of_lines),
        cmocka_unit_test(same_of_long_line),
        cmocka_unit_test(same_of_binary),
    };

    return cmocka_run_group_tests(tests, load, unload);
}

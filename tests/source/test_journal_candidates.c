/* How many MESSAGEs are read of a journal of which only some lines are asked for, and that its other
 * entries are still counted and found. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helpers/journal.h"
#include "source/journal_query.h"
#include "source/source.h"

#include <stdio.h>
#include <stdlib.h>

#define START_US INT64_C(1700000000000000) /* 2023-11-14 22:13:20 UTC */
#define BOOT     "0a000000000000000000000000000001"

enum {
    ENTRIES = 20000 /* more than two batches */
};

/* --- a filter that counts --- */

struct work {
    const char *wanted;
    size_t n_bytes; /* searched */
};

static void search(void *data, struct span lines, void (*found)(void *owner, size_t offset),
                   void *owner)
{
    struct work *work = data;
    struct span wanted = span_of(work->wanted), rest = lines, line;

    work->n_bytes += lines.size;
    while (span_cut(&rest, '\n', &line)) {
        ptrdiff_t at = span_find(line, wanted);

        if (at >= 0) {
            found(owner, (size_t)(line.data - lines.data) + (size_t)at);
            found(owner, (size_t)(line.data - lines.data) + (size_t)at + wanted.size - 1);
        }
    }
}

/* --- what the source hands out --- */

struct read {
    uint64_t n_records, n_lines;
    int64_t last_us; /* of the last record that `nth` finds */
};

static size_t count_lines(struct span bytes)
{
    size_t n = 0;

    for (size_t i = 0; i < bytes.size; i++) {
        n += bytes.data[i] == '\n';
    }
    return n;
}

static struct read read_all(const char *path, struct work *work, const struct journal_query *query)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct line_filter filter = { .search = search, .data = work };
    struct source_request request = { .path = path, .filter = &filter, .query = query };
    const struct source_type *type;
    struct source *source;
    struct read read = { 0 };
    struct batch batch;

    assert_true(source_open(&request, &type, &source, NULL) >= 0);
    while (type->next(source, &batch) > 0) {
        struct entry entry;

        assert_int_equal(batch.nth(batch.owner, 0), (position)read.n_records);
        assert_int_equal(batch_decode(&batch, batch_last(&batch), arena, &entry), 1);
        read.n_records += batch.n_records;
        read.n_lines += count_lines(batch.bytes);
        read.last_us = entry.when.time_us;
    }
    type->close(source);
    return read;
}

/* --- journals --- */

/* Of each hundred entries the first `bad` are failures. */
static char *make(const char *directory, int bad)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };

    for (int i = 0; i < ENTRIES; i++) {
        CLEANUP(buf_done_at) struct buf fields = { 0 };

        buf_printf(&fields, "MESSAGE=%s of unit %d\n_PID=1\n", i % 100 < bad ? "failure" : "start",
                   i / 2);
        journal_add_entry(&text, START_US + i, BOOT, fields.data);
    }
    return journal_make_file(directory, "system.journal", buf_span(&text));
}

/* The state in the header of a file that is being written. */
static void open_file(const char *path)
{
    FILE *file = fopen(path, "r+");

    assert_non_null(file);
    assert_int_equal(fseek(file, 16, SEEK_SET), 0);
    assert_int_equal(fputc(1, file), 1);
    assert_int_equal(fclose(file), 0);
}

static void reads_candidates_only(void **state)
{
    const struct {
        int bad; /* of a hundred */
        bool open, range;
        uint64_t n_lines;
    } rows[] = {
        { .bad = 0, .n_lines = 0 },
        { .bad = 2, .n_lines = ENTRIES / 50 },
        { .bad = 60, .n_lines = ENTRIES },               /* a storm: linear is faster */
        { .bad = 2, .open = true, .n_lines = ENTRIES },  /* its links may be incomplete */
        { .bad = 2, .range = true, .n_lines = ENTRIES }, /* all values for a part of the entries */
    };

    (void)state;
    if (!journal_available()) {
        skip();
    }
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct journal_query query = journal_query_empty();
        struct work work = { .wanted = "failure" };
        char *directory = journal_make_directory(), *file = make(directory, rows[i].bad);
        struct read read;

        if (rows[i].open) {
            open_file(file);
        }
        if (rows[i].range) {
            query.since_us = START_US;
        }
        read = read_all(directory, &work, &query);
        assert_int_equal(read.n_records, ENTRIES);
        assert_int_equal(read.n_lines, rows[i].n_lines);
        assert_int_equal(read.last_us, START_US + ENTRIES - 1);
        /* Each value once: there are half as many as entries. */
        assert_true(work.n_bytes <= sizeof("MESSAGE=failure of unit 1234") * ENTRIES / 2);
        free(file);
        journal_remove_directory(directory);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(reads_candidates_only) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

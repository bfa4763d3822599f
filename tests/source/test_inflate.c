/* Compressed logs: the same bytes as before, whichever way they were compressed, read in whatever
 * pieces; and what is left of streams that are cut or damaged. The samples are made by the tools.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "source/inflate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static struct buf log_text;

static int setup(void **state)
{
    (void)state;
    for (int i = 0; i < 12000; i++) {
        buf_printf(&log_text, "I0407 22:06:%02d.445241 %7d server.go:%d] sync %x\n", i % 60, i,
                   i % 977, (unsigned)i * 2654435761U);
    }
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    buf_done(&log_text);
    return 0;
}

/* What the command makes of the text. */
static struct buf pipe_through(const char *command, struct span text)
{
    char path[] = "/tmp/nodecause-inflate-XXXXXX";
    struct buf line CLEANUP(buf_done_at) = { 0 }, bytes = { 0 };
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "r+b"), *pipe;
    size_t n;

    assert_non_null(file);
    assert_int_equal(fwrite(text.data, 1, text.size, file), text.size);
    assert_int_equal(fclose(file), 0);
    buf_printf(&line, "(%s) < %s", command, path);
    pipe = popen(line.data, "r");
    assert_non_null(pipe);
    while ((n = fread(buf_reserve(&bytes, 4096), 1, 4096, pipe)) > 0) {
        bytes.size += n;
    }
    assert_int_equal(pclose(pipe), 0);
    (void)remove(path);
    return bytes;
}

struct pieces {
    struct span rest;
    size_t size; /* of one read */
};

static int64_t read_piece(void *source, char *buffer, size_t size)
{
    struct pieces *pieces = source;
    struct span piece = span_head(pieces->rest, size < pieces->size ? size : pieces->size);

    if (piece.size) {
        memcpy(buffer, piece.data, piece.size);
    }
    pieces->rest = span_skip(pieces->rest, piece.size);
    return (int64_t)piece.size;
}

static struct buf inflated_by(struct span bytes, size_t piece, struct notes *notes, bool thread)
{
    struct pieces pieces = { bytes, piece };
    CLEANUP(inflate_free_at)
    struct inflate *inflate = inflate_new(read_piece, &pieces, "kubelet.log.1.gz", notes);
    struct error error = { 0 };
    struct buf text = { 0 };
    int64_t n;

    if (inflate_open(inflate, &error) < 0) {
        fail_msg("%s", error.text);
    }
    if (thread) {
        assert_int_equal(inflate_start_thread(inflate), inflate_name(inflate) != NULL);
    }
    while ((n = inflate_read(inflate, buf_reserve(&text, 5000), 5000)) > 0) {
        text.size += (size_t)n;
    }
    assert_int_equal(n, 0);
    assert_int_equal(inflate_read(inflate, buf_reserve(&text, 1), 1), 0);
    return text;
}

static void check_notes(const struct notes *notes, const struct notes *others)
{
    assert_int_equal(notes_count(notes), notes_count(others));
    for (size_t i = 0; i < notes_count(notes); i++) {
        const struct note *a = notes_get(notes, i), *b = notes_get(others, i);

        assert_true(a->kind == b->kind && a->count == b->count && span_equal(a->where, b->where) &&
                    span_equal(a->detail, b->detail));
    }
}

/* With a thread, bytes and notes are the same. Not in the smallest pieces, which would take ThreadSanitizer minutes. */
static struct buf inflated(struct span bytes, size_t piece, struct notes *notes)
{
    struct buf text = inflated_by(bytes, piece, notes, /* thread= */ false);

    if (notes && piece >= 4096) {
        struct notes *others CLEANUP(notes_free_at) = notes_new();
        struct buf other CLEANUP(buf_done_at) =
            inflated_by(bytes, piece, others, /* thread= */ true);

        assert_true(span_equal(buf_span(&text), buf_span(&other)));
        check_notes(notes, others);
    }
    return text;
}

/* Small blocks: of a block that was cut nothing is left. */
static const char *const tools[] = { "gzip", "xz", "zstd -q", "bzip2 -1", "lz4 -q -B4" };

static void check_same(const char *command, struct span expected)
{
    static const size_t pieces[] = { 1, 7, 4096, SIZE_MAX };
    struct buf bytes CLEANUP(buf_done_at) = pipe_through(command, buf_span(&log_text));

    for (size_t i = 0; i < N_ELEMENTS(pieces); i++) {
        struct notes *notes CLEANUP(notes_free_at) = notes_new();
        struct buf text CLEANUP(buf_done_at) = inflated(buf_span(&bytes), pieces[i], notes);

        if (!span_equal(buf_span(&text), expected) || notes_count(notes)) {
            fail_msg("%s: %zu bytes in pieces of %zu", command, text.size, pieces[i]);
        }
    }
}

static void test_whole(void **state)
{
    (void)state;
    check_same("cat", buf_span(&log_text));
    for (size_t i = 0; i < N_ELEMENTS(tools); i++) {
        check_same(tools[i], buf_span(&log_text));
    }
}

/* pzstd writes a frame with the size before each frame of the text; other programs have an index at the end. */
static void test_skippable_frames(void **state)
{
    static const char skippable[] = "P*M\\030\\003\\000\\000\\000abc";
    static const char *const with_frames[] = { "zstd -q", "lz4 -q -B4" };
    struct buf twice CLEANUP(buf_done_at) = { 0 };

    (void)state;
    buf_add(&twice, buf_span(&log_text));
    buf_add(&twice, buf_span(&log_text));
    for (size_t i = 0; i < N_ELEMENTS(with_frames); i++) {
        struct buf command CLEANUP(buf_done_at) = { 0 };

        buf_printf(&command,
                   "%s > /tmp/$$.part; printf '%s'; cat /tmp/$$.part; printf '%s%s'; "
                   "cat /tmp/$$.part; printf '%s'; rm /tmp/$$.part",
                   with_frames[i], skippable, skippable, skippable, skippable);
        check_same(command.data, buf_span(&twice));
    }
}

/* It is not damaged, but would need more memory than a log is worth. */
static void test_large_window(void **state)
{
    struct buf bytes CLEANUP(buf_done_at) = pipe_through("zstd -q --long=31", buf_span(&log_text));
    struct notes *notes CLEANUP(notes_free_at) = notes_new();
    struct buf text CLEANUP(buf_done_at) = inflated(buf_span(&bytes), 4096, notes);

    (void)state;
    assert_int_equal(text.size, 0);
    assert_int_equal(notes_count(notes), 1);
    assert_int_equal(notes_get(notes, 0)->kind, NOTE_NOT_READ);
}

/* Compressed again; filled up with NULs as by dd and tapes; members joined by cat. */
static void test_layers_and_members(void **state)
{
    struct buf twice CLEANUP(buf_done_at) = { 0 };

    (void)state;
    buf_add(&twice, buf_span(&log_text));
    buf_add(&twice, buf_span(&log_text));
    check_same("xz | gzip", buf_span(&log_text));
    check_same("gzip; head -c 700 /dev/zero", buf_span(&log_text));
    for (size_t i = 0; i < N_ELEMENTS(tools); i++) {
        struct buf command CLEANUP(buf_done_at) = { 0 };

        buf_printf(&command, "%s > /tmp/$$.part; cat /tmp/$$.part /tmp/$$.part; rm /tmp/$$.part",
                   tools[i]);
        check_same(command.data, buf_span(&twice));
    }
}

/* Nearly all of what came before the cut is there. */
static void test_cut(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(tools); i++) {
        struct notes *notes CLEANUP(notes_free_at) = notes_new();
        struct buf bytes CLEANUP(buf_done_at) = pipe_through(tools[i], buf_span(&log_text));
        struct span part = span_head(buf_span(&bytes), bytes.size * 9 / 10);
        struct buf text CLEANUP(buf_done_at) = inflated(part, 4096, notes);

        if (text.size < log_text.size / 4 || text.size >= log_text.size) {
            fail_msg("%s: %zu of %zu bytes", tools[i], text.size, log_text.size);
        }
        assert_memory_equal(text.data, log_text.data, text.size);
        assert_int_equal(notes_count(notes), 1);
        assert_int_equal(notes_get(notes, 0)->kind, NOTE_TRUNCATED);
    }
}

static void test_damaged(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(tools); i++) {
        struct notes *notes CLEANUP(notes_free_at) = notes_new();
        struct buf bytes CLEANUP(buf_done_at) = pipe_through(tools[i], buf_span(&log_text));
        struct buf text CLEANUP(buf_done_at) = { 0 };

        memset(bytes.data + bytes.size * 9 / 10, 0xa5, 64);
        text = inflated(buf_span(&bytes), 4096, notes);
        assert_int_equal(notes_count(notes), 1);
        assert_int_equal(notes_get(notes, 0)->kind, NOTE_UNREADABLE);
    }
}

/* A small log that was cut is what an administrator has when the disk was full. */
static void test_last_words(void **state)
{
    struct notes *notes CLEANUP(notes_free_at) = notes_new();
    struct buf bytes CLEANUP(buf_done_at) =
        pipe_through("gzip", span_head(buf_span(&log_text), 20000));
    struct buf text CLEANUP(buf_done_at) = { 0 };

    (void)state;
    text = inflated(span_head(buf_span(&bytes), bytes.size - 9), SIZE_MAX, notes);
    assert_in_range(text.size, 19000, 20000);
}

static void test_archives(void **state)
{
    static const struct {
        const char *command;
        const char *sentence;
    } rows[] = {
        { "tar -C / -cf - etc/hostname", "is a tar archive; save it" },
        { "tar -C / -czf - etc/hostname", "is a tar archive; save it" },
        { "printf 'PK\\003\\004zip'", "is a zip archive; save it" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct buf bytes CLEANUP(buf_done_at) = pipe_through(rows[i].command, SPAN(""));
        struct pieces pieces = { buf_span(&bytes), SIZE_MAX };
        CLEANUP(inflate_free_at)
        struct inflate *inflate = inflate_new(read_piece, &pieces, "bundle.tar.gz", NULL);
        struct error error = { 0 };

        assert_int_equal(inflate_open(inflate, &error), -ENOTSUP);
        assert_true(span_starts(span_of(error.text), span_of(rows[i].sentence)));
        assert_string_equal(error.path, "bundle.tar.gz");
    }
}

/* Whatever only looks like it for a few bytes passes through. */
static void test_lookalikes(void **state)
{
    const struct span rows[] = { SPAN(""),  SPAN("B"),      SPAN("BZ"), SPAN("PK"),
                                 SPAN("("), SPAN("\x1f\n"), SPAN("\0"), SPAN("\xfd\x37z") };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct buf text CLEANUP(buf_done_at) = inflated(rows[i], 1, NULL);

        assert_true(span_equal(buf_span(&text), rows[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),        cmocka_unit_test(test_layers_and_members),
        cmocka_unit_test(test_cut),          cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_archives),     cmocka_unit_test(test_last_words),
        cmocka_unit_test(test_lookalikes),   cmocka_unit_test(test_skippable_frames),
        cmocka_unit_test(test_large_window),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}

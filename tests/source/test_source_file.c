/* Files, pipes and FIFOs as bytes, and what is said about those that cannot be read. */

#define _GNU_SOURCE /* F_GETPIPE_SZ */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "source/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct buf directory;

static int setup(void **state)
{
    char template[] = "/tmp/nodecause-file-XXXXXX";

    (void)state;
    assert_non_null(mkdtemp(template));
    buf_add_string(&directory, template);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    (void)rmdir(directory.data);
    buf_done(&directory);
    return 0;
}

static char *write_file(const char *name, const char *text)
{
    struct buf path = { 0 };
    FILE *file;

    buf_printf(&path, "%s/%s", directory.data, name);
    file = fopen(path.data, "wb");
    assert_non_null(file);
    (void)fputs(text, file);
    assert_int_equal(fclose(file), 0);
    return path.data;
}

static struct buf read_pieces(const char *path, size_t size, struct source_facts *ret_facts)
{
    struct source_request request = { .path = path };
    const struct source_type *type;
    struct source *source;
    struct error error = { 0 };
    struct buf bytes = { 0 };
    int64_t n;

    if (source_open(&request, &type, &source, &error) < 0) {
        fail_msg("%s: %s", error.path, error.text);
    }
    assert_string_equal(type->name, "file");
    while ((n = type->read(source, buf_reserve(&bytes, size), size)) > 0) {
        bytes.size += (size_t)n;
    }
    assert_int_equal(n, 0);
    type->describe(source, ret_facts);
    ret_facts->name = NULL; /* dies with the source */
    type->close(source);
    return bytes;
}

static struct buf read_all(const char *path, struct source_facts *ret_facts)
{
    return read_pieces(path, 7, ret_facts);
}

static void test_regular_file(void **state)
{
    char *path = write_file("kubelet.log", "one\ntwo\n");
    struct timespec times[2] = { { .tv_sec = 1700000000 },
                                 { .tv_sec = 1700000000, .tv_nsec = 5000 } };
    struct source_facts facts;
    struct buf bytes CLEANUP(buf_done_at) = { 0 };

    (void)state;
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    bytes = read_all(path, &facts);
    assert_true(span_is(buf_span(&bytes), "one\ntwo\n"));
    assert_int_equal(facts.bytes, 8);
    assert_int_equal(facts.file_time_us, INT64_C(1700000000000005));
    assert_null(facts.format);
    assert_int_equal(facts.first.time_us, TIME_UNKNOWN);
    (void)remove(path);
    free(path);
}

/* A pipe is read once, by nobody but the reader, and its time says nothing. */
static void read_from_pipe(bool blocking)
{
    int saved = dup(STDIN_FILENO), ends[2];
    struct source_facts facts;
    struct buf bytes CLEANUP(buf_done_at) = { 0 };
    pid_t writer;

    assert_int_equal(pipe(ends), 0);
    if (!blocking) {
        assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    }
    writer = fork();
    if (writer == 0) {
        (void)close(ends[0]);
        (void)nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL); /* the reader waits */
        _exit(write(ends[1], "LPKSHHRH later\n", 15) != 15);
    }
    (void)close(ends[1]);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    bytes = read_all("-", &facts);
    assert_true(span_is(buf_span(&bytes), "LPKSHHRH later\n"));
    assert_int_equal(facts.file_time_us, TIME_UNKNOWN);
    assert_int_equal(facts.threads, 1);
    assert_int_equal(fcntl(ends[0], F_GETPIPE_SZ), 1024 * 1024); /* the writer waits less */
    assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
    (void)close(ends[0]);
    (void)close(saved);
    assert_int_equal(waitpid(writer, NULL, 0), writer);
}

static void test_pipe(void **state)
{
    (void)state;
    read_from_pipe(/* blocking= */ true);
    read_from_pipe(/* blocking= */ false);
}

/* A device that has no end is read up to what is there. */
static void test_device(void **state)
{
    struct source_facts facts;
    struct buf text CLEANUP(buf_done_at) = { 0 };

    (void)state;
    if (access("/dev/kmsg", R_OK) < 0) {
        print_message("SKIPPED: /dev/kmsg cannot be read here\n");
        skip();
    }
    (void)alarm(20);
    text = read_pieces("/dev/kmsg", 64 * 1024, &facts); /* it gives whole records only */
    (void)alarm(0);
    assert_int_equal(facts.bytes, text.size);
    assert_int_equal(facts.file_time_us, TIME_UNKNOWN);
}

static void test_errors(void **state)
{
    char *secret = write_file("secret", "x");
    const struct {
        const char *path;
        int code;
        const char *sentence;
    } rows[] = {
        { "/nonexistent.log", -ENOENT, "no such file" },
        { "", -ENOENT, "no such file" },
        { "/dev/null/below", -ENOTDIR, "no such file" },
        { directory.data, -EISDIR, "a directory without journal files" },
        { secret, -EACCES, "permission denied" },
    };

    (void)state;
    (void)chmod(secret, 0);
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct source_request request = { .path = rows[i].path };
        const struct source_type *type;
        struct source *source = NULL;
        struct error error = { 0 };

        if (rows[i].code == -EACCES && access(secret, R_OK) == 0) {
            continue; /* root may read anything */
        }
        assert_int_equal(source_open(&request, &type, &source, &error), rows[i].code);
        assert_string_equal(error.path, rows[i].path);
        assert_true(span_starts(span_of(error.text), span_of(rows[i].sentence)));
        assert_null(source);
    }
    (void)remove(secret);
    free(secret);
}

/* What is read of the file and noted, with so many threads. */
static struct buf read_with(const char *path, unsigned threads, struct notes *notes)
{
    struct source_request request = { .path = path, .threads = threads, .notes = notes };
    struct source_facts facts;
    struct source *source;
    struct buf bytes = { 0 };
    int64_t n;

    assert_int_equal(source_file.open(&request, &source, NULL), 0);
    source_file.describe(source, &facts);
    assert_int_equal(facts.threads, threads > 1 ? 1 : 0);
    while ((n = source_file.read(source, buf_reserve(&bytes, 10000), 10000)) > 0) {
        bytes.size += (size_t)n;
    }
    assert_int_equal(n, 0);
    assert_int_equal(source_file.read(source, buf_reserve(&bytes, 1), 1), 0);
    source_file.close(source);
    return bytes;
}

static void check_threads(const char *path, size_t n_notes)
{
    CLEANUP(notes_free_at) struct notes *notes = notes_new(), *others = notes_new();
    CLEANUP(buf_done_at) struct buf one = read_with(path, 1, notes);
    CLEANUP(buf_done_at) struct buf two = read_with(path, 2, others);

    assert_true(one.size > 1000000);
    assert_int_equal(one.size, two.size);
    assert_memory_equal(one.data, two.data, one.size);
    assert_int_equal(notes_count(notes), n_notes);
    assert_int_equal(notes_count(others), n_notes);
    if (n_notes > 0) {
        assert_int_equal(notes_get(notes, 0)->kind, NOTE_TRUNCATED);
        assert_true(span_equal(notes_get(notes, 0)->detail, notes_get(others, 0)->detail));
        assert_true(span_equal(notes_get(notes, 0)->where, notes_get(others, 0)->where));
    }
}

/* A compressed log is the same with two threads, also one that is cut. */
static void test_threads(void **state)
{
    struct buf command = { 0 };

    (void)state;
    buf_printf(&command,
               "cd %s && seq 1 300000 | gzip > whole.gz && head -c 500000 whole.gz > cut.gz",
               directory.data);
    assert_int_equal(system(command.data), 0);
    for (int i = 0; i < 2; i++) {
        buf_clear(&command);
        buf_printf(&command, "%s/%s", directory.data, i ? "cut.gz" : "whole.gz");
        check_threads(command.data, (size_t)i);
        assert_int_equal(remove(command.data), 0);
    }
    buf_done(&command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_regular_file), cmocka_unit_test(test_pipe),
        cmocka_unit_test(test_device),       cmocka_unit_test(test_errors),
        cmocka_unit_test(test_threads),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}

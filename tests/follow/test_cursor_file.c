/* What a cursor file holds comes back; what others wrote into it does no harm. */

#include "follow/cursor_file.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char directory[] = "/tmp/nodecause-cursor-XXXXXX";
static char path[64];

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(directory)) {
        return -1;
    }
    (void)snprintf(path, sizeof(path), "%s/cursor", directory);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    (void)unlink(path);
    return rmdir(directory);
}

static void test_round_trip(void **state)
{
    const struct reported reported = {
        .id = { "a/b@n\"1#77{pod=\xc3\xa4}", 18 },
        .rule = { "a/b", 3 },
        .host = { "n\"1", 3 },
        .boot = { "77", 2 },
        .role = FINDING_CONSEQUENCE,
        .confidence = CONFIDENCE_LIKELY,
        .status = STATUS_RECOVERED,
        .count = 481,
    };
    CLEANUP(changes_free_at) struct changes *written = changes_new();
    CLEANUP(changes_free_at) struct changes *read = changes_new();
    const struct reported *back;
    char *cursor;

    (void)state;
    changes_add_reported(written, &reported);
    assert_int_equal(cursor_file_prepare(path, "s=1;i=2", written, NULL), 0);
    assert_int_equal(access(path, F_OK), -1); /* not yet */
    assert_int_equal(cursor_file_commit(path, NULL), 0);
    assert_int_equal(cursor_file_read(path, read, &cursor, NULL), 0);
    assert_string_equal(cursor, "s=1;i=2");
    free(cursor);
    assert_int_equal(changes_n_reported(read), 1);
    back = changes_get_reported(read, 0);
    assert_true(span_equal(back->id, reported.id));
    assert_true(span_equal(back->rule, reported.rule));
    assert_true(span_equal(back->host, reported.host));
    assert_true(span_equal(back->boot, reported.boot));
    assert_int_equal(back->role, reported.role);
    assert_int_equal(back->confidence, reported.confidence);
    assert_int_equal(back->status, reported.status);
    assert_int_equal(back->count, reported.count);
}

static void test_texts(void **state)
{
    static const struct {
        const char *text, *cursor; /* NULL: none */
        size_t n;
    } rows[] = {
        { "", NULL, 0 },
        { "\n", NULL, 0 },
        { "s=1;i=2", "s=1;i=2", 0 }, /* journalctl's */
        { "s=1;i=2\n", "s=1;i=2", 0 },
        { "s=1\n{\"id\": \"a\"}\n{\"id\": \"b\", \"count\": \"x\", \"role\": 7}\n", "s=1", 2 },
        { "s=1\n{\"id\": \"a\"}\n{\"id\": \"b\", \"cou", "s=1", 1 },
        { "s=1\n[]\nnull\n{}\n{\"id\": {}}\n\xff\n{\"id\": \"a\"}", "s=1", 1 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(changes_free_at) struct changes *changes = changes_new();
        FILE *file = fopen(path, "w");
        char *cursor;

        assert_non_null(file);
        (void)fputs(rows[i].text, file);
        (void)fclose(file);
        assert_int_equal(cursor_file_read(path, changes, &cursor, NULL), 0);
        if (rows[i].cursor) {
            assert_string_equal(cursor, rows[i].cursor);
        } else {
            assert_null(cursor);
        }
        assert_int_equal(changes_n_reported(changes), rows[i].n);
        free(cursor);
    }
}

static void test_trouble(void **state)
{
    CLEANUP(changes_free_at) struct changes *changes = changes_new();
    struct error error = { 0 };
    char *cursor;

    (void)state;
    (void)unlink(path);
    assert_int_equal(cursor_file_read(path, changes, &cursor, NULL), 0);
    assert_null(cursor);
    assert_true(cursor_file_read(directory, changes, &cursor, &error) < 0);
    assert_string_equal(error.path, directory);
    assert_true(cursor_file_prepare("/nosuch/cursor", "s=1", changes, NULL) < 0);
    assert_true(cursor_file_commit(path, NULL) < 0); /* nothing was prepared */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_trouble),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

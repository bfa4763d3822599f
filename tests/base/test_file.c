/* Small files: whole, too long, missing, and none at all. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "helpers/folder.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void test_read(void **state)
{
    static const struct {
        size_t max, expected;
    } rows[] = { { 100, 5 }, { 5, 5 }, { 4, 5 }, { 2, 3 } };
    struct folder folder;
    char path[128];

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "file", "12345");
    (void)snprintf(path, sizeof(path), "%s/file", folder.path);
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(buf_done_at) struct buf text = { 0 };

        buf_add_string(&text, "before");
        assert_int_equal(file_read(path, rows[i].max, &text), 0);
        assert_int_equal(file_read_regular(NULL, path, rows[i].max, &text), 0);
        assert_int_equal(text.size, 6 + 2 * rows[i].expected);
    }
    folder_done(&folder);
}

static void test_errors(void **state)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct folder folder;
    char path[128];

    (void)state;
    folder_init(&folder);
    (void)snprintf(path, sizeof(path), "%s/pipe", folder.path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(file_read("/nonexistent", 1, &text), -ENOENT);
    assert_int_equal(file_read(folder.path, 1, &text), -EISDIR);
    assert_int_equal(file_read_regular(NULL, "/nonexistent", 1, &text), -ENOENT);
    assert_int_equal(file_read_regular(NULL, path, 1, &text), -EINVAL);
    assert_int_equal(file_read_regular(NULL, "/dev/null", 1, &text), -EINVAL);
    assert_int_equal(text.size, 0);
    folder_done(&folder);
}

/* Nothing is reached through a link below the directory, nor above it. */
static void test_below(void **state)
{
    static const struct {
        const char *path; /* below the folder */
        int code;         /* 0: it is opened */
    } rows[] = {
        { "a/f", 0 },           { "a//f", 0 },          { "link", -ELOOP },
        { "folder/f", -ELOOP }, { "../etc/x", -EXDEV }, { "a/missing", -ENOENT },
        { "a", -EINVAL },       { "a/f/x", -ENOTDIR },
    };
    struct folder folder;
    char path[256];

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "a/f", "x");
    (void)snprintf(path, sizeof(path), "%s/link", folder.path);
    assert_int_equal(symlink("a/f", path), 0);
    (void)snprintf(path, sizeof(path), "%s/folder", folder.path);
    assert_int_equal(symlink("a", path), 0);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        int fd;

        (void)snprintf(path, sizeof(path), "%s/%s", folder.path, rows[i].path);
        fd = file_open_regular(folder.path, path);
        if ((fd < 0) != (rows[i].code < 0) || (rows[i].code == -ELOOP && fd != -ELOOP)) {
            fail_msg("%s: %d", rows[i].path, fd);
        }
        if (fd >= 0) {
            (void)close(fd);
        }
    }
    folder_done(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_below),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

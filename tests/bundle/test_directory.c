/* Directories: which files are found in them, under which names, and what is noted. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "bundle/directory.h"
#include "helpers/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* `path`, or `path -> target` of a link. */
static void visit(void *data, const struct directory_file *file)
{
    assert_true(span_ends(span_of(file->path), span_of(file->below)));
    buf_printf(data, "%s%s%s\n", file->path, file->target ? " -> " : "",
               file->target ? file->target : "");
}

/* However the folder is written, the same names, folder by folder; links are not followed. */
static void test_names(void **state)
{
    static const char *const ends[] = { "", "/", "//", "/." };
    struct folder folder;
    char link[128];

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "b.log", "b\n");
    folder_write(&folder, "a/a.log", "a\n");
    (void)snprintf(link, sizeof(link), "%s/link", folder.path);
    assert_int_equal(symlink("/etc/passwd", link), 0);
    for (size_t i = 0; i < N_ELEMENTS(ends); i++) {
        CLEANUP(buf_done_at) struct buf found = { 0 };
        CLEANUP(buf_done_at) struct buf expected = { 0 };
        CLEANUP(buf_done_at) struct buf path = { 0 };
        const char *prefix = ends[i][0] && ends[i][1] == '.' ? "/." : "";

        buf_printf(&path, "%s%s", folder.path, ends[i]);
        buf_printf(&expected, "%s%s/a/a.log\n%s%s/b.log\n%s%s/link -> /etc/passwd\n", folder.path,
                   prefix, folder.path, prefix, folder.path, prefix);
        assert_int_equal(directory_list(path.data, NULL, visit, &found), 0);
        assert_string_equal(found.data, expected.data);
    }
    folder_done(&folder);
}

static void test_errors(void **state)
{
    CLEANUP(buf_done_at) struct buf found = { 0 };

    (void)state;
    assert_int_equal(directory_list("/nonexistent", NULL, visit, &found), -ENOENT);
    assert_int_equal(found.size, 0);
    assert_string_equal(directory_explain(-ENOENT), "No such file or directory");
    assert_non_null(strstr(directory_explain(-EACCES), "permission denied"));
}

/* Too deep a tree is noted, not followed. */
static void test_depth(void **state)
{
    CLEANUP(notes_free_at) struct notes *notes = notes_new();
    CLEANUP(buf_done_at) struct buf found = { 0 };
    CLEANUP(buf_done_at) struct buf command = { 0 };
    struct folder folder;

    (void)state;
    folder_init(&folder);
    buf_printf(&command,
               "mkdir -p %s/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17 && "
               "echo x > %s/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/deep",
               folder.path, folder.path);
    assert_int_equal(system(command.data), 0);
    assert_int_equal(directory_list(folder.path, notes, visit, &found), 0);
    assert_int_equal(found.size, 0);
    assert_int_equal(notes_count(notes), 1);
    folder_done(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_depth),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

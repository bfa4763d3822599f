/* Folders: which files are found in them, under which names, and what is noted. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "helpers/folder.h"
#include "input/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    MOST = 100
};

static void visit(void *data, const char *path)
{
    buf_printf(data, "%s\n", path);
}

/* However the folder is written, the same names, in the order of the bytes, and no links. */
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
        buf_printf(&expected, "%s%s/a/a.log\n%s%s/b.log\n", folder.path, prefix, folder.path,
                   prefix);
        assert_int_equal(folder_walk(path.data, MOST, NULL, visit, &found), 0);
        assert_string_equal(found.data, expected.data);
    }
    folder_done(&folder);
}

static void test_errors(void **state)
{
    CLEANUP(buf_done_at) struct buf found = { 0 };

    (void)state;
    assert_int_equal(folder_walk("/nonexistent", MOST, NULL, visit, &found), -ENOENT);
    assert_int_equal(found.size, 0);
    assert_string_equal(folder_explain(-ENOENT), "No such file or directory");
    assert_non_null(strstr(folder_explain(-EACCES), "permission denied"));
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
    assert_int_equal(folder_walk(folder.path, MOST, notes, visit, &found), 0);
    assert_int_equal(found.size, 0);
    assert_int_equal(notes_count(notes), 1);
    folder_done(&folder);
}

/* What says most about a node is read, wherever its name is in the order of the bytes. */
static void test_choice(void **state)
{
    static const char *const files[] = {
        "etc/fstab",   "home/notes",       "kernel/dmesg",  "proc/1.status", "sys/power",
        "var/app.log", "zone/kubelet.log", "proc/2.status", "proc/swaps",
    };
    static const char *const chosen = "/etc/fstab\n/kernel/dmesg\n/proc/swaps\n/zone/kubelet.log\n";
    CLEANUP(notes_free_at) struct notes *notes = notes_new();
    CLEANUP(buf_done_at) struct buf found = { 0 };
    CLEANUP(buf_done_at) struct buf expected = { 0 };
    struct folder folder;

    (void)state;
    folder_init(&folder);
    for (size_t i = 0; i < N_ELEMENTS(files); i++) {
        folder_write(&folder, files[i], "x\n");
    }
    for (const char *name = chosen; *name; name += strcspn(name, "\n") + 1) {
        buf_printf(&expected, "%s%.*s\n", folder.path, (int)strcspn(name, "\n"), name);
    }
    assert_int_equal(folder_walk(folder.path, 4, notes, visit, &found), 0);
    assert_string_equal(found.data, expected.data);
    assert_int_equal(notes_count(notes), 4); /* home, proc, sys, var */
    assert_int_equal(notes_get(notes, 1)->kind, NOTE_NOT_READ);
    assert_true(span_ends(notes_get(notes, 1)->where, SPAN("/proc")));
    assert_true(span_starts(notes_get(notes, 1)->detail, SPAN("2 files were not read")));
    folder_done(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_choice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

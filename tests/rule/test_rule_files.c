/* The files of a directory of rules. */

#include "rule/rule_files.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "helpers/folder.h"

static void lists(void **state)
{
    static const char *const expected[] = { "common.yaml", "a/rule.yaml", "old.yml",
                                            "streams.yaml" };
    struct rule_files files = { 0 };
    struct folder folder;

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "streams.yaml", "");
    folder_write(&folder, "common.yaml", "");
    folder_write(&folder, "old.yml", "");
    folder_write(&folder, "README.md", "");
    folder_write(&folder, ".hidden.yaml", "");
    folder_write(&folder, "a/rule.yaml", "");
    folder_write(&folder, "layouts/one.yaml", "");
    folder_write(&folder, "schema/one.yaml", "");
    assert_int_equal(rule_files_list(folder.path, "", &files, NULL), 0);
    assert_int_equal(files.names.n, N_ELEMENTS(expected));
    for (size_t i = 0; i < files.names.n; i++) {
        assert_string_equal(files.names.items[i], expected[i]);
    }
    rule_files_done(&files);
    folder_done(&folder);
}

static void lists_one_folder(void **state)
{
    struct rule_files files = { 0 };
    struct folder folder;

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "a/rule.yaml", "");
    folder_write(&folder, "b/rule.yaml", "");
    assert_int_equal(rule_files_list(folder.path, "b", &files, NULL), 0);
    assert_int_equal(files.names.n, 1);
    assert_string_equal(files.names.items[0], "b/rule.yaml");
    rule_files_done(&files);
    assert_int_equal(rule_files_list(folder.path, "c", &files, NULL), -ENOENT);
    rule_files_done(&files);
    folder_done(&folder);
}

static void reads(void **state)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct error error = { 0 };
    struct folder folder;
    char *path;

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "a.yaml", "title: T\n");
    folder_write(&folder, "a.yml", "title: T\n");
    path = rule_file_path(folder.path, "a.yaml");
    assert_int_equal(rule_file_read(path, &text, &error), 0);
    assert_true(span_is(buf_span(&text), "title: T\n"));
    free(path);
    path = rule_file_path(folder.path, "a.yml");
    assert_int_equal(rule_file_read(path, &text, &error), -EINVAL);
    assert_string_equal(error.path, path);
    free(path);
    folder_done(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists),
        cmocka_unit_test(lists_one_folder),
        cmocka_unit_test(reads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

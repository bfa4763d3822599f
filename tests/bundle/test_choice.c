/* Of a tree of no known kind, with more files than are read, those that say most about a node are. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "bundle/choice.h"

static void test_unknown(void **state)
{
    static const char *const files[] = {
        "etc/fstab",  "home/notes", "kernel/dmesg", "proc/1.status",    "proc/2.status",
        "proc/swaps", "sys/power",  "var/app.log",  "zone/kubelet.log",
    };
    CLEANUP(notes_free_at) struct notes *notes = notes_new();
    CLEANUP(tree_free_at) struct tree *tree = tree_new();
    CLEANUP(buf_done_at) struct buf found = { 0 };
    struct bundle_choices choices = { 0 };
    struct roots roots = { 0 };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(files); i++) {
        struct tree_member member = { .path = files[i],
                                      .name = arena_printf(tree->arena, "/tmp/%s", files[i]),
                                      .archive = TREE_ON_DISK };

        assert_non_null(tree_add(tree, &member));
    }
    choices_make(tree, &roots, /* any= */ NULL, 4, notes, &choices);
    for (size_t i = 0; i < choices.items.n; i++) {
        buf_printf(&found, "%s\n", choices.items.items[i].member->path);
    }
    assert_string_equal(found.data, "etc/fstab\nkernel/dmesg\nproc/swaps\nzone/kubelet.log\n");
    assert_int_equal(notes_count(notes), 4); /* home, proc, sys, var */
    assert_int_equal(notes_get(notes, 1)->kind, NOTE_NOT_READ);
    assert_true(span_is(notes_get(notes, 1)->where, "/tmp/proc"));
    assert_true(span_starts(notes_get(notes, 1)->detail, SPAN("2 files were not read")));
    choices_done(&choices);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unknown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

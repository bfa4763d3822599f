/* Commands that collectors noted beside what they printed. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bundle/command.h"

static void check(const char *note, const char *expected)
{
    CLEANUP(tree_free_at) struct tree *tree = tree_new();
    const struct tree_member noted = { .path = "run-host/a.b-info.json",
                                       .name = "",
                                       .text = span_of(note) };
    const struct tree_member file = { .path = "run-host/a.b.txt", .name = "" };

    (void)tree_add(tree, &noted);
    assert_true(span_is(command_path(tree, &file, "-info.json"), expected));
}

static void test_command(void **state)
{
    (void)state;
    check("{\"command\":\"/usr/bin/journalctl -u kubelet\",\"exitCode\":\"0\",\"error\":\"\"}",
          "run-host/journalctl -u kubelet");
    check("{\"command\":\"sudo /usr/sbin/swapon --show\"}", "run-host/swapon --show");
    check("{\"command\":\"systemctl status kubelet\",\"exitCode\":\"3\"}",
          "run-host/systemctl status kubelet");
    check("{\"command\":\"free -m\",\"exitCode\":\"127\"}", "");
    check("{\"command\":\"free -m\",\"error\":\"no such file\"}", "");
    check("{\"command\":\" \"}", "");
    check("{\"command\":7}", "run-host/7");
    check("[]", "");
    check("{\"command\":\"cut", "");
    check("", "");
}

static void test_no_note(void **state)
{
    CLEANUP(tree_free_at) struct tree *tree = tree_new();
    const struct tree_member file = { .path = "plain", .name = "" };

    (void)state;
    assert_true(span_empty(command_path(tree, &file, "-info.json")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_command),
        cmocka_unit_test(test_no_note),
    };

    return cmocka_run_group_tests(tests, /* setup= */ NULL, /* teardown= */ NULL);
}

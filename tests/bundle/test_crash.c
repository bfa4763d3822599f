/* Records of crashes: the last line of all parts of one. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bundle/crash.h"

#include "base/calendar.h"

static void add(struct tree *tree, const char *path, const char *tail)
{
    (void)tree_add(tree, &(struct tree_member){ .path = path, .name = "", .text = span_of(tail) });
}

static void check(struct tree *tree, const char *path, int64_t last_us)
{
    assert_true(crash_last_us(tree, tree_find(tree, span_of(path))) == last_us);
}

static void test_last(void **state)
{
    CLEANUP(tree_free_at) struct tree *tree = tree_new();

    (void)state;
    add(tree, "pstore/dmesg-efi-171820003001001",
        "Panic#1 Part1\n<0>[ 4003.000000] Kernel panic - not syncing\n<4>[ 4003.000100] CPU: 1\n");
    add(tree, "pstore/dmesg-efi-171820003002001", "Panic#1 Part2\n<6>[ 4000.040000] oom-kill\n");
    add(tree, "pstore/dmesg-efi-171820999901001", "Panic#2 Part1\n<0>[   12.500000] panic\n");
    add(tree, "crash/vmcore-dmesg.txt", "[   99.000001] [T1] a\n[  100.000002] b\n[cut");
    add(tree, "crash2/vmcore-dmesg.txt", "nothing\n[x]\n[1.2]\n[99999999999999999999.000000]\n<6");
    add(tree, "crash3/vmcore-dmesg.txt", "");
    check(tree, "pstore/dmesg-efi-171820003001001", 4003000100);
    check(tree, "pstore/dmesg-efi-171820003002001", 4003000100);
    check(tree, "pstore/dmesg-efi-171820999901001", 12500000);
    check(tree, "crash/vmcore-dmesg.txt", 100000002);
    check(tree, "crash2/vmcore-dmesg.txt", TIME_UNKNOWN);
    check(tree, "crash3/vmcore-dmesg.txt", TIME_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_last),
    };

    return cmocka_run_group_tests(tests, /* setup= */ NULL, /* teardown= */ NULL);
}

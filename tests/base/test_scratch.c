/* Temporary files: none is left when they are freed, nor when the program is killed. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/scratch.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PATH_BYTES = 4096,
    WAITS = 500, /* of 20 ms */
    WAIT_MS = 20
};

static char *make(struct scratch *scratch)
{
    char *path;
    int fd = scratch_create(scratch, &path);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, "x", 1), 1);
    assert_int_equal(close(fd), 0);
    assert_int_equal(access(path, R_OK), 0);
    return path;
}

static void freed(void **state)
{
    struct scratch *scratch = scratch_new();
    char *one = make(scratch), *two = make(scratch);

    (void)state;
    assert_string_not_equal(one, two);
    scratch_free(scratch);
    assert_int_equal(access(one, F_OK), -1);
    assert_int_equal(access(two, F_OK), -1);
    free(one);
    free(two);
}

static void killed(void **state)
{
    char path[PATH_BYTES] = "";
    int ends[2];
    pid_t pid;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    pid = fork();
    if (pid == 0) {
        char *made = make(scratch_new());
        ssize_t n = write(ends[1], made, strlen(made) + 1);

        (void)kill(n > 0 ? getpid() : 0, SIGKILL);
    }
    assert_true(read(ends[0], path, sizeof(path)) > 0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    for (int i = 0; i < WAITS && access(path, F_OK) == 0; i++) {
        (void)poll(NULL, 0, WAIT_MS);
    }
    assert_int_equal(access(path, F_OK), -1);
    *strrchr(path, '/') = 0;
    for (int i = 0; i < WAITS && access(path, F_OK) == 0; i++) {
        (void)poll(NULL, 0, WAIT_MS);
    }
    assert_int_equal(access(path, F_OK), -1);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

static void nowhere(void **state)
{
    (void)state;
    assert_int_equal(setenv("TMPDIR", "/nonexistent", 1), 0);
    assert_null(scratch_new());
    scratch_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(freed),
        cmocka_unit_test(killed),
        cmocka_unit_test(nowhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

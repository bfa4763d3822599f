#define _GNU_SOURCE /* mkdtemp, pipe2, POSIX_SPAWN_SETSID */
#include "base/scratch.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

struct scratch {
    char *directory;
    size_t n;  /* files */
    int alive; /* a pipe that ends with the program; -1: no shell waits for its end */
    pid_t waiting;
};

/* --- the shell that waits --- */

/* In a session of its own, so that no signal of the terminal ends it with the program. */
static int start_shell(const char *directory, int end_of_pipe, pid_t *ret)
{
    static const char script[] =
        "trap '' HUP INT TERM; read -r _; [ ! -d \"$1\" ] || rm -rf -- \"$1\"";
    const char *const words[] = { "sh", "-c", script, "nodecause", directory, NULL };
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int r;

    (void)posix_spawnattr_init(&attributes);
    (void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawn_file_actions_adddup2(&actions, end_of_pipe, STDIN_FILENO);
    (void)posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    (void)posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    r = posix_spawn(ret, "/bin/sh", &actions, &attributes, (char **)(uintptr_t)words, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
    (void)posix_spawnattr_destroy(&attributes);
    return -r;
}

/* Without a shell the files are only removed by scratch_free(). */
static void watch(struct scratch *scratch)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) < 0) {
        return;
    }
    if (start_shell(scratch->directory, ends[0], &scratch->waiting) >= 0) {
        scratch->alive = ends[1];
    } else {
        (void)close(ends[1]);
    }
    (void)close(ends[0]);
}

/* --- the directory --- */

static char *path_of(const struct scratch *scratch, size_t i)
{
    struct buf path = { 0 };

    buf_printf(&path, "%s/%zu.journal", scratch->directory, i);
    return path.data;
}

struct scratch *scratch_new(void)
{
    const char *place = getenv("TMPDIR");
    struct buf directory = { 0 };
    struct scratch *scratch;

    buf_printf(&directory, "%s/nodecause-XXXXXX", place && *place ? place : "/var/tmp");
    if (!mkdtemp(directory.data)) {
        buf_done(&directory);
        return NULL;
    }
    scratch = ALLOC(struct scratch);
    scratch->directory = directory.data;
    scratch->alive = -1;
    watch(scratch);
    return scratch;
}

int scratch_create(struct scratch *scratch, char **ret_path)
{
    char *path = path_of(scratch, scratch->n);
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0) {
        free(path);
        return -errno;
    }
    scratch->n++;
    *ret_path = path;
    return fd;
}

void scratch_free(struct scratch *scratch)
{
    if (!scratch) {
        return;
    }
    for (size_t i = 0; i < scratch->n; i++) {
        char *path = path_of(scratch, i);

        (void)unlink(path);
        free(path);
    }
    (void)rmdir(scratch->directory);
    if (scratch->alive >= 0) {
        (void)close(scratch->alive);
        (void)waitpid(scratch->waiting, NULL, 0);
    }
    free(scratch->directory);
    free(scratch);
}

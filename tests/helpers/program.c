/* Runs nodecause, or journalctl, as a child; what it prints goes to unlinked files, so that nobody
 * waits for a pipe. */

#define _GNU_SOURCE /* wait4, fexecve, setgroups */
#include "helpers/program.h"

#include "base/alloc.h"

#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    SECONDS = 20,
    ARGUMENTS = 32,
    NOBODY = 65534
};

bool program_can_be_nobody(void)
{
    if (geteuid() == 0) {
        return true;
    }
    (void)fprintf(stderr, "SKIPPED: only root can try what others may not read\n");
    return false;
}

bool program_is_sanitized(void)
{
#ifdef __SANITIZE_ADDRESS__
    return true;
#else
    return false;
#endif
}

static void drop_rights(void)
{
    if (setgroups(0, NULL) < 0 || setgid(NOBODY) < 0 || setuid(NOBODY) < 0) {
        _exit(126);
    }
}

static const char *program_path(const struct program_call *call)
{
    const char *path = getenv("NODECAUSE");

    if (call->program) {
        return call->program;
    }
    return path && path[0] ? path : SOURCE_DIR "/build/nodecause";
}

static void become(const struct program_call *call, int input, FILE *out, FILE *errs)
{
    const char *argv[ARGUMENTS] = { program_path(call) };
    int program = open(argv[0], O_PATH | O_CLOEXEC); /* its folder may be closed to nobody */

    for (size_t i = 0; call->arguments && call->arguments[i] && i + 2 < ARGUMENTS; i++) {
        argv[i + 1] = call->arguments[i];
    }
    (void)dup2(input, STDIN_FILENO);
    (void)dup2(fileno(out), STDOUT_FILENO);
    (void)dup2(fileno(errs), STDERR_FILENO);
    (void)setenv("NO_COLOR", "1", 1);
    (void)setenv("COLUMNS", "100", 1);
    (void)setenv("NODECAUSE_RULES_PATH", call->rules_path ? call->rules_path : "", 1);
    (void)setenv("TZ", call->zone ? call->zone : "UTC", 1);
    (void)signal(SIGPIPE, SIG_DFL);
    (void)alarm(call->seconds ? call->seconds : SECONDS); /* outlives exec */
    if (call->as_nobody) {
        drop_rights();
    }
    (void)fexecve(program, (char *const *)argv, environ);
    _exit(127);
}

/* A process that writes standard input; it ends by SIGPIPE when nobody reads on. */
static pid_t start_feeder(const struct program_call *call, const int ends[2])
{
    pid_t child = fork();
    FILE *file;

    if (child != 0) {
        return child;
    }
    (void)signal(SIGPIPE, SIG_DFL);
    (void)close(ends[0]);
    file = fdopen(ends[1], "w");
    if (file && call->feed) {
        call->feed(file);
    } else if (file && call->input.size) {
        (void)fwrite(call->input.data, 1, call->input.size, file);
    }
    if (file) {
        (void)fflush(file);
    }
    _exit(0);
}

static void read_back(FILE *file, struct buf *ret)
{
    size_t n;

    rewind(file);
    while ((n = fread(buf_reserve(ret, BUFSIZ), 1, BUFSIZ, file)) > 0) {
        ret->size += n;
    }
    buf_add_string(ret, ""); /* terminated even when empty */
    (void)fclose(file);
}

static double seconds_of(const struct timeval *time)
{
    return (double)time->tv_sec + (double)time->tv_usec / 1e6;
}

void program_run(const struct program_call *call, struct program_result *ret)
{
    FILE *out = tmpfile(), *errs = tmpfile();
    struct rusage usage = { 0 };
    int ends[2], status = 0;
    pid_t child, feeder;

    if (!out || !errs || pipe2(ends, O_CLOEXEC) < 0) {
        abort();
    }
    feeder = start_feeder(call, ends);
    (void)close(ends[1]);
    child = fork();
    if (child == 0) {
        become(call, ends[0], out, errs);
    }
    (void)close(ends[0]);
    (void)wait4(child, &status, 0, &usage);
    (void)waitpid(feeder, NULL, 0);
    *ret = (struct program_result){ .code = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
                                    .cpu_seconds =
                                        seconds_of(&usage.ru_utime) + seconds_of(&usage.ru_stime),
                                    .peak_kib = usage.ru_maxrss };
    read_back(out, &ret->out);
    read_back(errs, &ret->errs);
}

void program_result_done(struct program_result *result)
{
    buf_done(&result->out);
    buf_done(&result->errs);
}

/* Following from the command line: signals as commands, signalfd(2); standard output. */

#include "cli/follow.h"

#include "cli/message.h"
#include "cli/terminal.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <unistd.h>

static enum diag_command command_of(uint32_t number)
{
    switch (number) {
    case SIGHUP:
        return DIAG_RELOAD_RULES;
    case SIGUSR1:
        return DIAG_STATUS;
    default:
        return DIAG_STOP;
    }
}

static enum diag_command control(void *data)
{
    const diag_follow_options *follow = data;
    struct signalfd_siginfo info;

    if (read(follow->control_fd, &info, sizeof(info)) != sizeof(info)) {
        return DIAG_GO_ON;
    }
    return command_of(info.ssi_signo);
}

/* A finding counts as reported only when it is written out. */
static int write_through(void *data, const char *bytes, size_t size)
{
    int r = terminal_write(data, bytes, size);

    if (r >= 0 && fflush(stdout) != 0) {
        r = errno ? -errno : -EIO;
    }
    return r;
}

static void say(void *data, const char *sentence)
{
    (void)data;
    message_print("%s", sentence);
}

static void say_nothing(void *data, const char *sentence)
{
    (void)data;
    (void)sentence;
}

/* From now on signals wait to be read; that the reader closed our output shows as EPIPE. */
static int open_signals(void)
{
    static const int numbers[] = { SIGHUP, SIGUSR1, SIGTERM, SIGINT };
    sigset_t set;

    (void)signal(SIGPIPE, SIG_IGN);
    (void)sigemptyset(&set);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        (void)sigaddset(&set, numbers[i]);
    }
    if (sigprocmask(SIG_BLOCK, &set, NULL) < 0) {
        return -errno;
    }
    return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

int cli_follow(const struct follow_request *request, diag_run *run,
               const diag_render_options *render_options, diag_error *reterr)
{
    diag_follow_options follow = DIAG_FOLLOW_OPTIONS_INIT;
    int r;

    follow.cursor_file = request->cursor_file;
    follow.once = request->once;
    follow.control_fd = open_signals();
    follow.control = control;
    follow.output_fd = STDOUT_FILENO;
    follow.write = write_through;
    follow.say = request->quiet ? say_nothing : say;
    follow.data = &follow;
    r = diag_follow(run, request->renderer, render_options, &follow, reterr);
    if (follow.control_fd >= 0) {
        (void)close(follow.control_fd);
    }
    return r;
}

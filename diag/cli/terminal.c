/* Standard output and input as they are: a terminal, a pipe, a file. */

#include "cli/terminal.h"

#include "base/span.h"
#include "cli/message.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    COLUMNS_MIN = 40,
    COLUMNS_MAX = 200
};

static const char *colour_word(size_t i)
{
    static const char *const words[] = {
        [COLOUR_AUTO] = "auto",
        [COLOUR_ALWAYS] = "always",
        [COLOUR_NEVER] = "never",
    };

    return i < N_ELEMENTS(words) ? words[i] : NULL;
}

const struct cli_option colour_options[] = {
    { "color", 0, "WHEN", "colours of the text", option_index, .offset = 0, .choice = colour_word },
    { 0 },
};

bool terminal_colour(int when)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");

    if (when != COLOUR_AUTO) {
        return when == COLOUR_ALWAYS;
    }
    if ((no_colour && no_colour[0]) || (terminal && strcmp(terminal, "dumb") == 0)) {
        return false;
    }
    return isatty(STDOUT_FILENO) == 1;
}

static int clamp(uint64_t columns)
{
    if (columns < COLUMNS_MIN) {
        return COLUMNS_MIN;
    }
    return columns > COLUMNS_MAX ? COLUMNS_MAX : (int)columns;
}

int terminal_columns(void)
{
    struct winsize size;
    uint64_t columns;

    if (span_to_uint(span_of(getenv("COLUMNS")), &columns) && columns > 0) {
        return clamp(columns);
    }
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return clamp(size.ws_col);
    }
    return 0;
}

bool terminal_has_input(void)
{
    struct stat st;

    if (fstat(STDIN_FILENO, &st) < 0) {
        return false;
    }
    return S_ISREG(st.st_mode) || S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode);
}

int terminal_write(void *data, const char *bytes, size_t size)
{
    (void)data;
    if (fwrite(bytes, 1, size, stdout) != size) {
        return errno ? -errno : -EIO;
    }
    return 0;
}

int terminal_finish(int r)
{
    if (r >= 0 && fflush(stdout) != 0) {
        r = errno ? -errno : -EIO;
    }
    if (r < 0 && r != -EPIPE) {
        message_print("cannot write to standard output: %s", strerror(-r));
    }
    return r;
}

#ifndef NODECAUSE_CLI_TERMINAL_H
#define NODECAUSE_CLI_TERMINAL_H

#include "cli/options.h"

#include <stddef.h>

enum colour_when {
    COLOUR_AUTO,
    COLOUR_ALWAYS,
    COLOUR_NEVER
};

/* --color, into an `int`: enum colour_when. */
extern const struct cli_option colour_options[];

/* May output be coloured? --color, else NO_COLOR (no-color.org), else whether it is a terminal. */
bool terminal_colour(int when);

/* Width to wrap at: COLUMNS, else the terminal's; 0 when standard output is neither. */
int terminal_columns(void);

/* Is something waiting on standard input: a pipe, a socket or a file, not a terminal or /dev/null?
 */
bool terminal_has_input(void);

/* Writes to standard output; as diag_render() needs it. Negative errno. */
int terminal_write(void *data, const char *bytes, size_t size);

/* Flushes standard output. 0, or a negative errno after a message (none for EPIPE: the reader has
 * seen enough). */
int terminal_finish(int r);

#endif

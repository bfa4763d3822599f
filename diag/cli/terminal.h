#ifndef NODECAUSE_CLI_TERMINAL_H
#define NODECAUSE_CLI_TERMINAL_H

#include "cli/options.h"

#include <stddef.h>

/* May output be coloured? --color, else NO_COLOR (no-color.org), else whether it is a terminal. */
bool terminal_colour(enum colour_when when);

/* Width to wrap at: COLUMNS, else the terminal's; 0 when standard output is neither. */
int terminal_columns(void);

/* Is something waiting on standard input: a pipe, a socket or a file, not a terminal or /dev/null?
 */
bool terminal_has_input(void);

/* Writes to standard output; shaped for diag_render(). Negative errno. */
int terminal_write(void *data, const char *bytes, size_t size);

/* Flushes standard output. 0, or a negative errno after a complaint (none for EPIPE: the reader has
 * seen enough). */
int terminal_finish(int r);

#endif

#ifndef NODECAUSE_CLI_PROGRESS_LINE_H
#define NODECAUSE_CLI_PROGRESS_LINE_H

#include "cli/options.h"
#include "nodecause.h"

#include <stdint.h>
#include <stdio.h>

/* A line on standard error that says how far a long run has come, drawn again in place:
 *
 *   reading file 12 of 340, 1.2 GiB: sos.tar.xz!n1/var/log/messages
 */
enum progress_when {
    PROGRESS_AUTO, /* on a terminal */
    PROGRESS_ALWAYS,
    PROGRESS_NEVER
};

/* --progress, into an `int`: enum progress_when. */
extern const struct cli_option progress_options[];

struct progress_line {
    FILE *out;          /* NULL: nothing is printed */
    int columns;        /* of it */
    int64_t started_us; /* as clock_monotonic_us() */
    int64_t drawn_us;
    bool is_drawn; /* and not cleared */
};

/* On standard error, as far as --progress and standard error allow. */
struct progress_line progress_line_start(int when);

/* Draws it, when the run has lasted a second and the line was not drawn a moment ago. */
void progress_line_show(struct progress_line *line, int64_t now_us, const diag_progress *progress);

/* Removes it: before anything else is printed, and at the end. */
void progress_line_clear(struct progress_line *line);

#endif

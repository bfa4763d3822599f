#ifndef NODECAUSE_RENDER_RENDER_H
#define NODECAUSE_RENDER_RENDER_H

#include "base/buf.h"
#include "finding/change.h"
#include "finding/report.h"

/* Turns a report into bytes; decides nothing.
 *
 * To add a renderer: write render_<name>.c that defines `const struct renderer renderer_<name>`, and
 * expected files in two cases. CMake makes the table from the file names. */
struct render_options {
    bool colour; /* escape sequences; never the only carrier of meaning */
    bool all;    /* unfold what a root explains, and all evidence */
    int columns; /* width to wrap at; 0: do not wrap */
    bool utc;    /* times in UTC instead of the zone of the log */
    const char *version;
};

struct renderer {
    const char *name;    /* as in -o NAME */
    const char *summary; /* one line, for --help */
    /* Appends the report to `out`. Cannot fail. */
    void (*render)(const struct report *report, const struct render_options *options,
                   struct buf *out);

    /* For logs that are followed: the change of one finding, and the end of the report. NULL:
     * this format requires the whole report at once. */
    void (*render_change)(const struct report *report, const struct change *change,
                          const struct render_options *options, struct buf *out);
    void (*render_summary)(const struct report *report, const struct render_options *options,
                           struct buf *out);
};

extern const struct renderer *const renderers[]; /* made by CMake; ends with NULL */

const struct renderer *renderer_find(struct span name); /* or NULL */

#endif

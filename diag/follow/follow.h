#ifndef NODECAUSE_FOLLOW_FOLLOW_H
#define NODECAUSE_FOLLOW_FOLLOW_H

#include "pipeline.h"
#include "render/render.h"
#include "rule/load.h"

/* Follows logs while they grow, and tells what becomes of the findings. One loop around poll(2):
 * read what is there, reason about all that is known, at most once a second, and tell the
 * difference to what was told (finding/changes.h). Clocks only set the pace; what is found depends
 * on the log alone. docs/follow.md is the manual. */

/* What the person at the keyboard, or systemd, wants. */
enum follow_command {
    FOLLOW_GO_ON,
    FOLLOW_RELOAD, /* read the rules anew; bad ones change nothing */
    FOLLOW_STATUS, /* say how it stands */
    FOLLOW_STOP    /* end with a summary */
};

struct follow_options {
    struct pipeline_options pipeline; /* with the rules to begin with */
    const char *const *paths; /* as in pipeline_read_path(), no folders; NULL: the journal */
    size_t n_paths;
    const struct renderer *renderer; /* one that has render_change */
    struct render_options render;
    const char *cursor_file; /* NULL: none; else the only input is a journal */
    bool once;               /* end when all was read that is there */

    int control_fd; /* when it can be read, `control` is asked until it says FOLLOW_GO_ON; -1: none
                     */
    enum follow_command (*control)(void *data);
    int output_fd; /* what `write` writes to, to see that nobody reads it any more; -1: unknown */
    int (*write)(void *data, const char *bytes, size_t size); /* and flushes; negative errno */
    void (*say)(void *data, const char *sentence);            /* remarks beside the report */
    int (*load_rules)(void *data, struct rule_set **ret, struct error *reterr);
    void *data; /* for all four */
};

/* Runs until all inputs have ended or FOLLOW_STOP. The exit code of the last report; -EPIPE when
 * nobody reads the output any more, other negative errno with a sentence. */
int follow_run(const struct follow_options *options, struct error *reterr);

#endif

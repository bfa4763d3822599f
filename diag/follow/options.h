#ifndef NODECAUSE_FOLLOW_OPTIONS_H
#define NODECAUSE_FOLLOW_OPTIONS_H

#include "pipeline.h"
#include "render/render.h"
#include "rule/load.h"

/* What the user, or systemd, asks for while logs are followed. */
enum follow_command {
    FOLLOW_GO_ON,
    FOLLOW_RELOAD, /* load the rules again; invalid ones change nothing */
    FOLLOW_STATUS, /* write a remark with the counts so far */
    FOLLOW_STOP    /* end with a summary */
};

/* Everything is borrowed until follow_run() returns. */
struct follow_options {
    struct pipeline_options pipeline; /* with the rules to start with */
    const char *const *paths; /* as in pipeline_read_path(), no folders; NULL: the journal */
    size_t n_paths;
    const struct renderer *renderer; /* one that has render_change */
    struct render_options render;
    const char *cursor_file; /* then the only input is a journal; NULL: none */
    bool once;               /* end when everything that is present was read */

    int control_fd; /* while it is readable, `control` is called until it returns FOLLOW_GO_ON; -1:
                     * none */
    enum follow_command (*control)(void *data);
    int output_fd; /* what `write` writes to, polled for a reader that has gone; -1: unknown */
    int (*write)(void *data, const char *bytes, size_t size); /* and flushes; negative errno */
    void (*say)(void *data, const char *sentence);            /* a remark, not part of the report */
    int (*load_rules)(void *data, struct rule_set **ret, struct error *reterr);
    void *data; /* the first argument of all four */
};

#endif

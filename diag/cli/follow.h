#ifndef NODECAUSE_CLI_FOLLOW_H
#define NODECAUSE_CLI_FOLLOW_H

#include "nodecause.h"

#include <stdbool.h>

struct follow_request {
    const char *renderer;
    const char *cursor_file; /* NULL: none */
    bool once;               /* report what is new and end */
    bool quiet;              /* no remarks on standard error */
};

/* Follows the inputs of the run (-f), or reports what is new (--cursor-file). SIGHUP reloads the
 * rules, SIGUSR1 prints the status, SIGTERM and SIGINT end it with a summary. The exit code, or a
 * negative errno with *reterr set. */
int cli_follow(const struct follow_request *request, diag_run *run,
               const diag_render_options *render_options, diag_error *reterr);

#endif

#ifndef NODECAUSE_CLI_FOLLOW_H
#define NODECAUSE_CLI_FOLLOW_H

#include "cli/options.h"

/* Follows the inputs of the run, -f, or tells what is new, --cursor-file. SIGHUP reads the rules
 * anew, SIGUSR1 says how it stands, SIGTERM and SIGINT end it with a summary. The exit code, or a
 * negative errno with *reterr set. */
int cli_follow(const struct options *options, diag_run *run,
               const diag_render_options *render_options, diag_error *reterr);

#endif

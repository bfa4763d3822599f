#ifndef NODECAUSE_CLI_WORK_H
#define NODECAUSE_CLI_WORK_H

#include "cli/options.h"

/* What commands do around their work: reads the options, answers --help and --version, does the
 * work, flushes standard output. The exit code: EXIT_USAGE for bad options or when the output could
 * not be written, else what the work returned. `now_us`: the time that words such as "yesterday"
 * are told from; TIME_UNKNOWN for commands that read no log. */
int work_with_options(int argc, char **argv, int64_t now_us,
                      int (*work)(const struct options *options));

/* The wall clock, for `now_us`. */
int64_t work_now_us(void);

#endif

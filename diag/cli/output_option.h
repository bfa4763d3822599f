#ifndef NODECAUSE_CLI_OUTPUT_OPTION_H
#define NODECAUSE_CLI_OUTPUT_OPTION_H

#include "cli/options.h"

/* -o text or -o json, into a `const char *`. */
extern const struct cli_option text_or_json_options[];

#endif

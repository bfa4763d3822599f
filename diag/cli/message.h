#ifndef NODECAUSE_CLI_MESSAGE_H
#define NODECAUSE_CLI_MESSAGE_H

#include "base/error.h"

/* `nodecause: ...` on standard error. */
void message_print(const char *format, ...) PRINTF_LIKE(1, 2);

/* The same for an error with its place and, under the offending line, a caret. */
void message_print_error(const struct error *error);

/* The same for a rule file that is left out because of the error. */
void message_print_skipped(const struct error *error);

/* A command line that the command of this name does not accept: `nodecause: lint: ...; see nodecause lint
 * --help`. Returns EXIT_USAGE. */
int message_usage(const char *command, const char *format, ...) PRINTF_LIKE(2, 3);

#endif

#ifndef NODECAUSE_CLI_COMPLAIN_H
#define NODECAUSE_CLI_COMPLAIN_H

#include "base/error.h"

/* `nodecause: ...` on standard error. */
void complain(const char *format, ...) PRINTF_LIKE(1, 2);

/* The same for an error with its place and, under the offending line, a caret. */
void complain_about(const struct error *error);

#endif

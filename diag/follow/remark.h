#ifndef NODECAUSE_FOLLOW_REMARK_H
#define NODECAUSE_FOLLOW_REMARK_H

#include "follow/options.h"

/* Writes a remark through `say` of the options: one sentence without a newline, at most 2 KiB. */
void remark(const struct follow_options *options, const char *format, ...) PRINTF_LIKE(2, 3);

#endif

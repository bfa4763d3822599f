#ifndef NODECAUSE_WORKBENCH_LOG_LINE_H
#define NODECAUSE_WORKBENCH_LOG_LINE_H

#include "base/buf.h"
#include "base/vec.h"

#include <stdint.h>

enum {
    LOG_STAMP_BYTES = sizeof("Feb 05 10:58:14") - 1,
    KLOG_STAMP_BYTES = sizeof("E0205 10:58:14.917245") - 1
};

/* A line as a syslog daemon or journalctl -o short writes it. Borrowed from the text. */
struct log_line {
    struct span line;                                  /* all of it */
    struct span stamp, host, identifier, pid, message; /* pid may be empty */
};

typedef VEC(struct log_line) log_lines;

/* Splits a text into such lines. False when it is empty or a line has no stamp or sender; *ret must
 * be freed with vec_free() in any case. */
bool log_lines_read(struct span text, log_lines *ret);

/* The stamp as UTC microseconds, in a year of our choice, since stamps have none. */
int64_t log_line_time(const struct log_line *line);

/* Does the text begin with klog's severity, date and time? */
bool log_line_is_klog(struct span text);

/* Appends the text and a newline. */
void log_line_add(struct buf *out, struct span text);

#endif

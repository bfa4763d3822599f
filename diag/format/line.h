#ifndef NODECAUSE_FORMAT_LINE_H
#define NODECAUSE_FORMAT_LINE_H

#include "format/logtime.h"

/* Properties of lines of text, independent of the format. */

/* True if the line continues the preceding one: indented, empty, a closing bracket, or part of a Go
 * stack dump. Text that is not indented is independent. */
bool line_continues(struct span line);

/* A line that tools print between records and that contains no information about the node: `-- Logs
 * begin at`, `-- Reboot --`, `-- Subject: ...`, `░░ ...`, `==> kubelet <==`, "```". */
bool line_is_debris(struct span line);

/* Size of one prefix that tools and people put before a line: indentation, mail quote, list bullet,
 * a quote of a JSON list, `Line 81243: `, `file.log:`, `172.20.191.184: `, a time of day, a date of
 * a web console, an RFC 3339 timestamp. 0 if there is none. Only a hint: it counts if a record
 * follows. `*ret`, which may be NULL, is set if it was a timestamp with a date: RFC 3339 with a
 * zone, or a web console's, whose zone is unknown. */
size_t line_prefix(struct span line, struct logtime *ret);

/* Average of the score over the lines that start something; for bids. */
int line_average(struct span head, int (*score)(struct span line));

#endif

#ifndef NODECAUSE_FORMAT_LINE_H
#define NODECAUSE_FORMAT_LINE_H

#include "format/logtime.h"

/* What lines of text look like, whatever their format. */

/* Does it go on with the line before: indented, blank, a closing bracket, or part of a Go stack
 * dump? Text that starts at the margin says something of its own. */
bool line_continues(struct span line);

/* A line that tools print between records and that says nothing about the node: `-- Logs begin at`,
 * `-- Reboot --`, `-- Subject: ...`, `░░ ...`, `==> kubelet <==`, "```". */
bool line_is_debris(struct span line);

/* Size of one thing that tools and people glue in front of a line: indent, mail quote, list bullet,
 * a quote of a JSON list, `Line 81243: `, `file.log:`, `172.20.191.184: `, a clock, a date of a web
 * console, an RFC 3339 stamp. 0 when there is none. Only a hint: it counts when what follows is a
 * record. `*ret`, which may be NULL, is filled when it was a stamp with a date: RFC 3339 with a
 * zone, or a web console's, whose zone nobody knows. */
size_t line_prefix(struct span line, struct logtime *ret);

/* Average of the score over the lines of the head that begin something; for bids. */
int line_average(struct span head, int (*score)(struct span line));

#endif

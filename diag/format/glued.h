#ifndef NODECAUSE_FORMAT_GLUED_H
#define NODECAUSE_FORMAT_GLUED_H

#include "format/format.h"
#include "format/logtime.h"

/* Records that are not of the input's format: of another one, perhaps after something that tools
 * and people glue in front of a line (line_prefix() of format/line.h knows what). */

/* Decodes the record by the best format that is left when what is glued in front of it is taken
 * away; else as plain text. `*ret_time` is the stamp that was taken away; zeros without one. As
 * decode() of struct format. */
int glued_decode(const struct format_context *context, struct span record, struct logtime *ret_time,
                 struct entry *ret);

/* Completes the time of an entry by the stamp that was glued in front of it, which knows more than
 * klog's: an RFC 3339 stamp all of it, a web console the year; its clock is that of the browser. */
void glued_refine(const struct format_context *context, const struct logtime *time,
                  struct moment *when);

#endif

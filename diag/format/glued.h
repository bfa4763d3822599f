#ifndef NODECAUSE_FORMAT_GLUED_H
#define NODECAUSE_FORMAT_GLUED_H

#include "format/choices.h"
#include "format/logtime.h"

/* Records that are not in the format of the input: in another format, possibly after a prefix added
 * by tools or people (see line_prefix() of format/line.h). */

/* Removes the prefixes and decodes the rest in the format with the highest bid, else as plain text.
 * `*ret_time` is the timestamp in the prefixes; zeros without one. Returns the same as decode() of
 * struct format. `choices` knows the formats of records; NULL: they are asked. */
int glued_decode(const struct format_context *context, struct choices *choices, struct span record,
                 struct logtime *ret_time, struct entry *ret);

/* Completes the time of an entry from the timestamp in its prefix, which is more complete than
 * klog's: from RFC 3339 everything, from a web console the year; its time is that of the browser.
 */
void glued_refine(const struct format_context *context, const struct logtime *time,
                  struct moment *when);

#endif

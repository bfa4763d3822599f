#ifndef NODECAUSE_FORMAT_FRAME_H
#define NODECAUSE_FORMAT_FRAME_H

#include "base/span.h"

/* Pieces of which formats make their frame(); all return a size, 0 when the end is not there yet.
 */

/* The line at the start of the text, its newline included. */
size_t frame_line(struct span text, bool at_end);

/* What may stand before a JSON object: blank lines, the record separator of a JSON text sequence
 * (RFC 7464), `data:` of server sent events, brackets and commas of a list. */
size_t frame_json_lead(struct span text);

/* The JSON object at the start of the text, to the end of its last line. A line that is no object,
 * or an object that was cut, is one line. */
size_t frame_json_object(struct span text, bool at_end);

#endif

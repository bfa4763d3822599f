#ifndef NODECAUSE_FORMAT_FRAME_H
#define NODECAUSE_FORMAT_FRAME_H

#include "base/span.h"

/* Helpers for the frame() of formats; all return a size, 0 if the end is not available yet. */

/* The line at the start of the text, including its newline. */
size_t frame_line(struct span text, bool at_end);

/* Text allowed before a JSON object: empty lines, the record separator of a JSON text sequence (RFC
 * 7464), `data:` of server-sent events, brackets and commas of a list. */
size_t frame_json_lead(struct span text);

/* The JSON object at the start of the text, to the end of its last line. A line that is not an
 * object, or a truncated object, is one line. */
size_t frame_json_object(struct span text, bool at_end);

/* The frame() of formats whose records are such objects: the object with its lead. */
size_t frame_json(struct span text, bool at_end);

#endif

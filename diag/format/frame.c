/* Helpers for the frame() of formats. */

#include "format/frame.h"

#include "base/json.h"

size_t frame_line(struct span text, bool at_end)
{
    ptrdiff_t end = span_find_byte(text, '\n');

    if (end >= 0) {
        return (size_t)end + 1;
    }
    return at_end ? text.size : 0;
}

size_t frame_json_lead(struct span text)
{
    struct span rest = text;

    for (;;) {
        if (span_starts(rest, SPAN("data:"))) {
            rest = span_skip(rest, 5);
        } else if (rest.size && rest.data[0] && strchr(" \t\r\n\x1e,[]", rest.data[0])) {
            rest = span_skip(rest, 1);
        } else {
            return text.size - rest.size;
        }
    }
}

/* Nearly all objects are on one line, which memchr() finds; only the others are scanned. */
size_t frame_json_object(struct span text, bool at_end)
{
    size_t line = frame_line(text, at_end), behind;
    ptrdiff_t extent;

    if (!span_starts(text, SPAN("{"))) {
        return line;
    }
    if (line && span_ends(span_trim(span_head(text, line)), SPAN("}"))) {
        return line;
    }
    extent = json_extent(text);
    if (extent < 0) {
        return line;
    }
    if (extent == 0) {
        return at_end ? text.size : 0;
    }
    behind = frame_line(span_skip(text, (size_t)extent), at_end);
    return behind || at_end ? (size_t)extent + behind : 0;
}

size_t frame_json(struct span text, bool at_end)
{
    size_t lead = frame_json_lead(text), size;

    if (lead == text.size) {
        return at_end ? text.size : 0;
    }
    size = frame_json_object(span_skip(text, lead), at_end);
    return size ? lead + size : 0;
}

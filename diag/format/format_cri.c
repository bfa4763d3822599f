/* Container logs written by CRI runtimes: /var/log/containers, /var/log/pods.
 * https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md
 *
 *   2024-06-12T13:46:40.123456789Z stderr F E0612 13:46:40.123456       1 reflector.go:150] ...
 *
 * `P` marks a part of a line: the parts up to the next `F` of the stream are one record.
 */

#include "base/buf.h"
#include "format/frame.h"
#include "format/line.h"

#include <errno.h>

struct line {
    struct span stamp, stream, text;
    struct logtime time;
    bool partial;
};

/* `F`, `P`, with further tags after colons: `F:tag`. */
static bool read_tags(struct span tags, bool *ret_partial)
{
    if (!(span_starts(tags, SPAN("F")) || span_starts(tags, SPAN("P")))) {
        return false;
    }
    if (tags.size > 1 && tags.data[1] != ':') {
        return false;
    }
    *ret_partial = tags.data[0] == 'P';
    return true;
}

static bool read_line(struct span line, struct line *ret)
{
    struct span rest = line, tags;

    if (line.size < 20 || line.data[0] < '0' || line.data[0] > '9' ||
        !logtime_iso(&rest, &ret->time)) {
        return false;
    }
    ret->stamp = span_head(line, line.size - rest.size);
    if (!span_word(&rest, &ret->stream) ||
        !(span_is(ret->stream, "stdout") || span_is(ret->stream, "stderr")) ||
        !span_word(&rest, &tags) || !read_tags(tags, &ret->partial)) {
        return false;
    }
    (void)take_byte(&rest, ' ');
    ret->text = rest;
    return true;
}

/* A line and, if it is partial, the following lines of the same stream that continue it. */
static size_t frame(struct span rest, bool at_end)
{
    size_t size = frame_line(rest, at_end);
    struct line first, next;
    bool partial = read_line(span_head(rest, size), &first) && first.partial;

    while (partial && size) {
        struct span left = span_skip(rest, size);
        size_t more = frame_line(left, at_end);

        if (more == 0) {
            return at_end ? size : 0;
        }
        if (!read_line(span_head(left, more), &next) || !span_equal(next.stream, first.stream)) {
            return size;
        }
        partial = next.partial;
        size += more;
    }
    return size;
}

static int score(struct span line)
{
    struct line parts;

    return read_line(line, &parts) ? BID_SURE : BID_NO;
}

static int bid(struct span head)
{
    return line_average(head, score);
}

/* The text of all parts, without copying if there is only one. */
static struct span join(struct arena *arena, const struct line *first, struct span rest)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct line parts;
    struct span line;

    if (span_empty(rest)) {
        return first->text;
    }
    buf_add(&text, first->text);
    while (span_cut(&rest, '\n', &line)) {
        if (read_line(line, &parts)) {
            buf_add(&text, parts.text);
        }
    }
    return arena_copy(arena, buf_span(&text));
}

static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    struct field *stream;
    struct span rest = record, line;
    struct line parts;

    if (span_empty(span_trim(record))) {
        return 0;
    }
    (void)span_cut(&rest, '\n', &line);
    if (!read_line(line, &parts)) {
        return -EBADMSG;
    }
    stream = ARENA_NEW(context->arena, struct field);
    *stream = (struct field){ SPAN("stream"), parts.stream };
    ret->stamp = parts.stamp;
    ret->when = logtime_moment(&parts.time, context);
    ret->fields = stream;
    ret->n_fields = 1;
    ret->message = join(context->arena, &parts, rest);
    return 1;
}

const struct format format_cri = {
    .name = "cri",
    .summary = "container logs of containerd and CRI-O, /var/log/pods",
    .spec = "https://github.com/kubernetes/design-proposals-archive/blob/main/node/"
            "kubelet-cri-logging.md",
    .bid = bid,
    .frame = frame,
    .decode = decode,
};

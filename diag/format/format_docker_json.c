/* Container logs written by Docker's json-file driver: /var/lib/docker/containers/ID/ID-json.log.
 * https://docs.docker.com/engine/logging/drivers/json-file/
 *
 *   {"log":"E0612 13:46:40.123456       1 reflector.go:150] ...\n","stream":"stderr","time":"..."}
 *
 * A line without newline when Docker read it (16 KiB) is written in parts, of which only the last
 * has a newline: they are one record. */

#include "base/buf.h"
#include "base/json.h"
#include "format/frame.h"
#include "format/line.h"
#include "format/unescape.h"

#include <errno.h>

static bool is_line(struct span line)
{
    return span_starts(line, SPAN("{\"log\":\"")) && span_find(line, SPAN("\"time\":\"")) > 0;
}

/* True if the text has no newline at its end, so that the next part continues it. The text ends
 * before the next key. */
static bool is_partial(struct span line)
{
    return is_line(line) && span_find(line, SPAN("\\n\",\"")) < 0;
}

static size_t frame(struct span rest, bool at_end)
{
    size_t size = frame_line(rest, at_end);
    struct span line = span_head(rest, size);

    while (size && is_partial(line)) {
        struct span left = span_skip(rest, size);
        size_t more = frame_line(left, at_end);

        if (more == 0) {
            return at_end ? size : 0;
        }
        line = span_head(left, more);
        if (!is_line(line)) {
            return size;
        }
        size += more;
    }
    return size;
}

/* Go escapes `<`, `>` and `&`. */
static bool unescape(char *record, size_t size)
{
    unescape_text(record, size);
    return true;
}

static int score(struct span line)
{
    return is_line(line) ? BID_SURE : BID_NO;
}

static int bid(struct span head)
{
    return line_average(head, score);
}

static void set_header(const struct format_context *context, const json_t *object,
                       struct entry *ret)
{
    struct span stamp = arena_copy(context->arena, json_member(object, "time", context->arena));
    struct span rest = stamp;
    struct field *stream = ARENA_NEW(context->arena, struct field);
    struct logtime time;

    stream->name = SPAN("stream");
    stream->value = arena_copy(context->arena, json_member(object, "stream", context->arena));
    ret->fields = stream;
    ret->n_fields = 1;
    if (!logtime_iso(&rest, &time)) {
        return;
    }
    ret->stamp = stamp;
    ret->when = logtime_moment(&time, context);
}

static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct span line;

    if (span_empty(span_trim(record))) {
        return 0;
    }
    while (span_cut(&record, '\n', &line)) {
        CLEANUP(json_free_at) json_t *object = NULL;

        if (json_read(line, &object) < 0 || !json_is_string(json_object_get(object, "log"))) {
            return -EBADMSG;
        }
        if (ret->n_fields == 0) {
            set_header(context, object, ret);
        }
        buf_add(&text, json_member(object, "log", context->arena));
    }
    ret->message = arena_copy(context->arena, buf_span(&text));
    while (span_ends(ret->message, SPAN("\n")) || span_ends(ret->message, SPAN("\r"))) {
        ret->message.size--;
    }
    return 1;
}

const struct format format_docker_json = {
    .name = "docker-json",
    .summary = "container logs of Docker's json-file driver",
    .spec = "https://docs.docker.com/engine/logging/drivers/json-file/",
    .bid = bid,
    .frame = frame,
    .unescape = unescape,
    .decode = decode,
};

/* Kubernetes objects as JSON: kubectl get events|nodes|pods -o json, lists of them, and watches.
 * https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
 *
 *   {"apiVersion":"v1","items":[{"kind":"Event","reason":"SystemOOM","involvedObject":{...}, ...}]}
 *
 * A record is one object. Of a list, the text before its items and the text after them are records
 * without content. */

#include "base/json.h"
#include "entry/batch.h"
#include "format/format.h"
#include "format/frame.h"
#include "format/kubernetes_object.h"
#include "format/unescape.h"

#include <errno.h>

/* Size of the text up to the bracket of its own `items`, or 0. `items` of nested objects, such as a
 * volume, follow another bracket. */
static size_t list_head(struct span object)
{
    ptrdiff_t at = span_find(object, SPAN("\"items\""));
    struct span rest;

    at = at < 0 ? span_find(object, SPAN("\"Items\"")) : at; /* of an old cluster-info dump */

    if (at < 0 || span_find(span_head(span_skip(object, 1), (size_t)at), SPAN("[")) >= 0) {
        return 0;
    }
    rest = span_skip(object, (size_t)at + strlen("\"items\""));
    while (rest.size && strchr(" \t\r\n:", rest.data[0]) && rest.data[0]) {
        rest = span_skip(rest, 1);
    }
    return span_starts(rest, SPAN("[")) ? object.size - rest.size + 1 : 0;
}

/* An object that ends in the text, found without regard to lines: the items of a list can be on the
 * same line. */
static size_t object_size(struct span object, bool at_end)
{
    ptrdiff_t extent = json_extent(object);

    if (extent < 0) {
        return frame_line(object, at_end);
    }
    if (extent == 0) {
        return at_end ? object.size : 0;
    }
    return (size_t)extent;
}

/* The start of a list is short; a `{` that is still open after this many bytes is an object. */
enum {
    LIST_HEAD_BYTES = 4096
};

static size_t frame(struct span rest, bool at_end)
{
    size_t lead = frame_json_lead(rest), size;
    struct span object = span_skip(rest, lead);

    if (span_empty(object)) {
        return at_end ? rest.size : 0;
    }
    if (object.data[0] != '{') {
        size = frame_line(object, at_end);
    } else {
        size = list_head(span_head(object, LIST_HEAD_BYTES));
        if (size == 0) {
            size = object_size(object, at_end);
        }
    }
    return size ? lead + size : 0;
}

/* Go escapes `<`, `>` and `&`. The comma between two objects may be in the middle of a line. */
static bool unescape(char *record, size_t size)
{
    if (size && record[0] == ',') {
        record[0] = BATCH_RECORD_MARK;
    }
    unescape_text(record, size);
    return true;
}

static int bid(struct span head)
{
    struct span object = span_skip(head, frame_json_lead(head));

    if (!span_starts(object, SPAN("{"))) {
        return BID_NO;
    }
    if (span_find(object, SPAN("\"involvedObject\"")) >= 0 ||
        span_find(object, SPAN("\"regarding\"")) >= 0 ||
        span_find(object, SPAN("\"lastHeartbeatTime\"")) >= 0 || /* a node without its kind */
        span_find(object, SPAN("\"InvolvedObject\"")) >= 0 ||
        span_find(object, SPAN("\"LastHeartbeatTime\"")) >= 0) {
        return BID_SURE;
    }
    if (span_find(object, SPAN("\"apiVersion\"")) < 0 || span_find(object, SPAN("\"kind\"")) < 0) {
        return BID_NO;
    }
    return span_find(object, SPAN("\"status\"")) >= 0 ? BID_SURE : BID_WEAK;
}

static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    CLEANUP(json_free_at) json_t *object = NULL;
    struct span text = span_trim(span_skip(record, frame_json_lead(record)));

    if (!span_starts(text, SPAN("{"))) {
        return span_empty(text) || span_find(text, SPAN("\"")) == 0 || text.data[0] == '}'
                   ? 0
                   : -EBADMSG;
    }
    if (list_head(text) == text.size) {
        return 0;
    }
    if (json_read(text, &object) < 0) {
        return -EBADMSG;
    }
    /* kubectl get --watch and audit logs wrap the object. */
    if (json_is_object(json_object_get(object, "object"))) {
        return kubernetes_object_decode(context, json_object_get(object, "object"), ret);
    }
    return kubernetes_object_decode(context, object, ret);
}

const struct format format_event_json = {
    .name = "event-json",
    .summary = "kubectl get events|nodes|pods -o json",
    .spec = "https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/",
    .bid = bid,
    .frame = frame,
    .unescape = unescape,
    .decode = decode,
};

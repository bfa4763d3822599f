/* What Google Cloud Logging has of a node: gcloud logging read --format=json, exports to a bucket, a list or one
 * object a line. https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry
 *
 *   {"jsonPayload":{"MESSAGE":"I0612 13:46:40.123456 ...","SYSLOG_IDENTIFIER":"kubelet","_HOSTNAME":"n1"},
 *    "logName":"projects/p/logs/kubelet","resource":{"type":"k8s_node","labels":{"node_name":"n1"}},
 *    "timestamp":"2024-06-12T13:46:40.123456789Z"}
 *
 * The payload of a node's log is the record of its journal. Some agents write `message` instead, and plain text comes
 * as `textPayload`. */

#include "format/format.h"

#include "base/json.h"
#include "entry/journal_fields.h"
#include "format/frame.h"
#include "format/logtime.h"
#include "format/unescape.h"

#include <errno.h>

static bool unescape(char *record, size_t size)
{
    unescape_text(record, size);
    return true;
}

static int bid(struct span head)
{
    struct span object = span_head(span_skip(head, frame_json_lead(head)), 16 * 1024);

    if (!span_starts(object, SPAN("{")) || span_find(object, SPAN("\"logName\"")) < 0) {
        return BID_NO;
    }
    return span_find(object, SPAN("\"jsonPayload\"")) >= 0 ||
                   span_find(object, SPAN("\"textPayload\"")) >= 0
               ? BID_SURE
               : BID_NO;
}

static void add_text(struct journal_fields *fields, const char *name, struct span value)
{
    if (!span_empty(value)) {
        journal_fields_add(fields, span_of(name), arena_copy(fields->arena, value));
    }
}

static void add_payload(struct journal_fields *fields, json_t *payload)
{
    const char *name;
    json_t *value;

    json_object_foreach(payload, name, value) if (journal_field_name_valid(span_of(name)))
    {
        journal_fields_add(fields, arena_copy(fields->arena, span_of(name)),
                           arena_copy(fields->arena, json_text(value, fields->arena)));
    }
    add_text(fields, "MESSAGE", json_member(payload, "message", fields->arena));
}

/* `projects/p/logs/kubelet` is of the kubelet. */
static struct span last_name(struct span path)
{
    ptrdiff_t at;

    while ((at = span_find_byte(path, '/')) >= 0) {
        path = span_skip(path, (size_t)at + 1);
    }
    return path;
}

/* Of a field that is there twice, the first value counts: what the payload does not say is added after it. */
static void add_envelope(struct journal_fields *fields, const json_t *json)
{
    const json_t *labels = json_object_get(json_object_get(json, "resource"), "labels");

    add_text(fields, "MESSAGE", json_member(json, "textPayload", fields->arena));
    add_text(fields, "_HOSTNAME", json_member(labels, "node_name", fields->arena));
    if (span_empty(fields->known[FIELD_COMM])) {
        add_text(fields, "SYSLOG_IDENTIFIER",
                 last_name(json_member(json, "logName", fields->arena)));
    }
}

static void set_time(const struct format_context *context, const json_t *json, struct entry *ret)
{
    struct span stamp = arena_copy(context->arena, json_member(json, "timestamp", context->arena));
    struct span rest = stamp;
    struct logtime time;

    if (logtime_iso(&rest, &time)) {
        ret->stamp = stamp;
        ret->when = logtime_moment(&time, context);
    }
}

static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    CLEANUP(json_free_at) json_t *json = NULL;
    struct journal_fields fields = { .arena = context->arena };
    struct span object = span_trim(span_skip(record, frame_json_lead(record)));

    if (span_empty(object)) {
        return 0;
    }
    /* In a list, a comma or the closing bracket follows the object. */
    while (span_ends(object, SPAN(",")) || span_ends(object, SPAN("]"))) {
        object = span_trim(span_head(object, object.size - 1));
    }
    if (json_read(object, &json) < 0 || !json_is_object(json)) {
        return -EBADMSG;
    }
    add_payload(&fields, json_object_get(json, "jsonPayload"));
    add_envelope(&fields, json);
    if (fields.n == 0) {
        return -EBADMSG;
    }
    set_time(context, json, ret);
    journal_fields_fill(&fields, ret);
    return 1;
}

const struct format format_cloud_logging = {
    .name = "cloud-logging",
    .summary = "Google Cloud Logging of a node: gcloud logging read --format=json",
    .spec = "https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry",
    .bid = bid,
    .frame = frame_json,
    .unescape = unescape,
    .decode = decode,
};

/* Kubernetes objects that report problems: Event, Node, Pod.
 * https://kubernetes.io/docs/reference/kubernetes-api/
 *
 *   {"kind":"Event","reason":"SystemOOM","message":"System OOM encountered, victim process: ...",
 *    "involvedObject":{"kind":"Node","name":"node01"},"lastTimestamp":"2024-06-12T13:46:40Z", ...}
 */

#include "format/kubernetes_object.h"

#include "base/buf.h"
#include "base/limits.h"
#include "format/event.h"
#include "format/logtime.h"

enum {
    ADDRESSES_MAX = 16
};

/* A member of an object. kubectl cluster-info dump up to 1.9 wrote the objects of Go: names have capitals, and those of
 * metadata are members of the object itself. */
static const json_t *member_of(const json_t *object, const char *name)
{
    const json_t *found = json_object_get(object, name);
    char capital[64];

    if (found || !json_is_object(object)) {
        return found;
    }
    if (strcmp(name, "metadata") == 0) {
        return object;
    }
    (void)snprintf(capital, sizeof(capital), "%s", name);
    capital[0] =
        (char)(capital[0] >= 'a' && capital[0] <= 'z' ? capital[0] - 'a' + 'A' : capital[0]);
    return json_object_get(object, capital);
}

/* The text of a member, copied; nested members with a dot: `metadata.name`. */
static struct span text_at(const json_t *object, const char *path, struct arena *arena)
{
    struct span rest = span_of(path), key;

    while (span_cut(&rest, '.', &key)) {
        object = member_of(object, arena_string(arena, key));
    }
    return arena_copy(arena, json_text(object, arena));
}

/* The first of the paths with a value. */
static struct span first_text(const json_t *object, const char *const *paths, struct arena *arena)
{
    struct span text = { 0 };

    for (; *paths && span_empty(text); paths++) {
        text = text_at(object, *paths, arena);
    }
    return text;
}

static void set_when(const struct format_context *context, struct span stamp,
                     struct cluster_event *event)
{
    struct span rest = stamp;
    struct logtime time;

    if (!logtime_iso(&rest, &time)) {
        return;
    }
    event->stamp = stamp;
    event->when = logtime_moment(&time, context);
}

/* `node/node01` */
static struct span object_name(struct span kind, struct span name, struct arena *arena)
{
    char *text;

    if (span_empty(kind) || span_empty(name)) {
        return name;
    }
    text = arena_printf(arena, "%.*s/%.*s", (int)kind.size, kind.data, (int)name.size, name.data);
    for (size_t i = 0; i < kind.size && text[i]; i++) {
        if (text[i] >= 'A' && text[i] <= 'Z') {
            text[i] = (char)(text[i] - 'A' + 'a');
        }
    }
    return span_of(text);
}

static int decode_event(const struct format_context *context, const json_t *object,
                        struct entry *ret)
{
    static const char *const messages[] = { "message", "note", NULL };
    static const char *const components[] = { "source.component", "reportingComponent",
                                              "reportingController", "deprecatedSource.component",
                                              NULL };
    static const char *const hosts[] = { "source.host", "deprecatedSource.host", NULL };
    static const char *const counts[] = { "series.count", "count", "deprecatedCount", NULL };
    static const char *const first[] = { "firstTimestamp", "deprecatedFirstTimestamp", "eventTime",
                                         NULL };
    static const char *const last[] = { "series.lastObservedTime",
                                        "lastTimestamp",
                                        "deprecatedLastTimestamp",
                                        "eventTime",
                                        "firstTimestamp",
                                        "metadata.creationTimestamp",
                                        NULL };
    const json_t *about = member_of(object, "involvedObject");
    struct arena *arena = context->arena;
    struct cluster_event event = event_empty();

    about = about ? about : member_of(object, "regarding");
    event.type = text_at(object, "type", arena);
    event.reason = text_at(object, "reason", arena);
    event.message = span_trim(first_text(object, messages, arena));
    event.component = first_text(object, components, arena);
    event.host = first_text(object, hosts, arena);
    event.count = first_text(object, counts, arena);
    event.first_seen = first_text(object, first, arena);
    event.last_seen = first_text(object, last, arena);
    event.namespace = text_at(about, "namespace", arena);
    event.sub_object = text_at(about, "fieldPath", arena);
    event.object = object_name(text_at(about, "kind", arena), text_at(about, "name", arena), arena);
    set_when(context, event.last_seen, &event);
    event_fill(&event, arena, ret);
    return 1;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* As the Insights operator writes events: without the object that they are about, which only the message may name.
 *
 *   {"namespace":"default","lastTimestamp":"...","reason":"NodeNotReady","message":"Node n1 status is now: ...","type":"Normal"} */
static bool is_bare_event(const json_t *object)
{
    return member_of(object, "lastTimestamp") && member_of(object, "reason") &&
           member_of(object, "message") && member_of(object, "namespace");
}

/* What is about no node by its message says nothing here. */
static int decode_bare_event(const struct format_context *context, const json_t *object,
                             struct entry *ret)
{
    struct arena *arena = context->arena;
    struct cluster_event event = event_empty();

    event.type = text_at(object, "type", arena);
    event.reason = text_at(object, "reason", arena);
    event.message = span_trim(text_at(object, "message", arena));
    event.last_seen = text_at(object, "lastTimestamp", arena);
    event.namespace = text_at(object, "namespace", arena);
    set_when(context, event.last_seen, &event);
    event_fill(&event, arena, ret);
    return !span_empty(ret->host);
}

/* Conditions whose names end in Pressure or Unavailable are bad if true; Ready is bad if not true.
 */
static bool is_bad(const json_t *condition, struct arena *arena)
{
    bool is_true = span_is(text_at(condition, "status", arena), "True");

    return span_is(text_at(condition, "type", arena), "Ready") ? !is_true : is_true;
}

static void set_condition(const struct format_context *context, const json_t *condition,
                          struct cluster_event *event)
{
    struct arena *arena = context->arena;

    event->condition = text_at(condition, "type", arena);
    event->status = text_at(condition, "status", arena);
    event->reason = text_at(condition, "reason", arena);
    event->last_seen = text_at(condition, "lastHeartbeatTime", arena);
    event->first_seen = text_at(condition, "lastTransitionTime", arena);
    /* A problem is reported of the time when it began, health of the time when it was seen last. */
    set_when(context, is_bad(condition, arena) ? event->first_seen : event->last_seen, event);
}

/* What the object says first: what is bad, else whether the node is ready. */
static bool says_more(const json_t *condition, const json_t *than, struct arena *arena)
{
    if (!than) {
        return true;
    }
    if (is_bad(condition, arena) != is_bad(than, arena)) {
        return is_bad(condition, arena);
    }
    return !is_bad(than, arena) && span_is(text_at(condition, "type", arena), "Ready");
}

/* Appends the status of each condition, with its name, and the addresses to the fields. */
static void add_statuses(const json_t *conditions, const json_t *addresses, struct arena *arena,
                         struct entry *ret)
{
    size_t n = least(json_array_size(conditions), LIMIT_FIELDS);
    size_t n_addresses = least(json_array_size(addresses), ADDRESSES_MAX);
    struct field *fields = ARENA_ARRAY(arena, struct field, ret->n_fields + n + n_addresses);

    if (ret->n_fields) {
        memcpy(fields, ret->fields, ret->n_fields * sizeof(*fields));
    }
    for (size_t i = 0; i < n; i++) {
        fields[ret->n_fields++] =
            (struct field){ text_at(json_array_get(conditions, i), "type", arena),
                            text_at(json_array_get(conditions, i), "status", arena) };
    }
    for (size_t i = 0; i < n_addresses; i++) {
        fields[ret->n_fields++] =
            (struct field){ SPAN("address"),
                            text_at(json_array_get(addresses, i), "address", arena) };
    }
    ret->fields = fields;
}

static int decode_node(const struct format_context *context, const json_t *object,
                       struct entry *ret)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    const json_t *status = member_of(object, "status");
    const json_t *conditions = member_of(status, "conditions"), *worst = NULL;
    size_t n = json_array_size(conditions);
    struct arena *arena = context->arena;
    struct cluster_event event = event_empty();

    n = least(n, LIMIT_FIELDS);
    for (size_t i = 0; i < n; i++) {
        const json_t *condition = json_array_get(conditions, i);

        if (says_more(condition, worst, arena)) {
            worst = condition;
        }
        if (text.size) {
            buf_add_byte(&text, '\n');
        }
        buf_add(&text, text_at(condition, "message", arena));
    }
    if (!worst) {
        return 0;
    }
    set_condition(context, worst, &event);
    event.message = arena_copy(arena, buf_span(&text));
    event.object = object_name(SPAN("node"), text_at(object, "metadata.name", arena), arena);
    event_fill(&event, arena, ret);
    add_statuses(conditions, member_of(status, "addresses"), arena, ret);
    return 1;
}

static int decode_pod(const struct format_context *context, const json_t *object, struct entry *ret)
{
    struct arena *arena = context->arena;
    struct cluster_event event = event_empty();

    event.message = span_trim(text_at(object, "status.message", arena));
    if (span_empty(event.message)) {
        return 0;
    }
    event.reason = text_at(object, "status.reason", arena);
    event.status = text_at(object, "status.phase", arena);
    event.namespace = text_at(object, "metadata.namespace", arena);
    event.object = object_name(SPAN("pod"), text_at(object, "metadata.name", arena), arena);
    event.host = text_at(object, "spec.nodeName", arena);
    set_when(context, text_at(object, "status.startTime", arena), &event);
    event_fill(&event, arena, ret);
    return 1;
}

/* Those of a typed list, or that a client wrote, have no kind. */
static bool is_node(const json_t *object, const json_t *status, struct arena *arena)
{
    const json_t *condition = json_array_get(member_of(status, "conditions"), 0);

    return span_is(json_member(object, "kind", arena), "Node") || member_of(status, "nodeInfo") ||
           member_of(condition, "lastHeartbeatTime");
}

int kubernetes_object_decode(const struct format_context *context, const json_t *object,
                             struct entry *ret)
{
    const json_t *status = member_of(object, "status");
    struct span kind = json_member(object, "kind", context->arena);

    if (member_of(object, "involvedObject") || member_of(object, "regarding")) {
        return decode_event(context, object, ret);
    }
    if (is_bare_event(object)) {
        return decode_bare_event(context, object, ret);
    }
    if (is_node(object, status, context->arena)) {
        return decode_node(context, object, ret);
    }
    if (span_is(kind, "Pod") || member_of(status, "qosClass")) {
        return decode_pod(context, object, ret);
    }
    return 0;
}

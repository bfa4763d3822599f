/* JSON of klog (--logging-format=json), of zap, which etcd uses, and of logrus and slog, as containerd writes it on
 * Talos: one object per line.
 * https://kubernetes.io/docs/concepts/cluster-administration/system-logs/#json-log-format
 *
 *   {"ts":1718200000000.123,"caller":"kubelet/kubelet.go:1530","msg":"Failed to start",...}
 *   {"error":"no space left on device","level":"error","msg":"PullImage failed","time":"2024-06-12T13:46:40.1Z"}
 */

#include "format/klog_json.h"

#include "base/json.h"
#include "base/limits.h"
#include "format/logtime.h"

/* An object with a name, such as a pod: klog's text format writes `namespace/name`. */
static struct span object_text(const json_t *object, struct arena *arena)
{
    struct span space = json_member(object, "namespace", arena);
    struct span name = json_member(object, "name", arena);
    char *dump;
    struct span text;

    if (!span_empty(name) && !span_empty(space)) {
        return span_of(arena_printf(arena, "%.*s/%.*s", (int)space.size, space.data, (int)name.size,
                                    name.data));
    }
    if (!span_empty(name)) {
        return arena_copy(arena, name);
    }
    dump = json_dumps(object, JSON_COMPACT | JSON_ENCODE_ANY);
    text = arena_copy(arena, span_of(dump));
    free(dump);
    return text;
}

static struct span value_text(const json_t *value, struct arena *arena)
{
    if (json_is_object(value) || json_is_array(value)) {
        return object_text(value, arena);
    }
    return arena_copy(arena, json_text(value, arena));
}

/* Milliseconds as a number (klog), or RFC 3339 (zap, and Talos). */
static void set_time(const struct format_context *context, const json_t *ts, struct entry *entry)
{
    struct span text = json_text(ts, context->arena);
    struct logtime time;

    if (entry->when.time_us != TIME_UNKNOWN) {
        return;
    }
    if (json_is_number(ts)) {
        double ms = json_number_value(ts);

        /* Seconds, the default of zap, would be a time shortly after 1970 as milliseconds. */
        if (ms < 0 || ms > 1e14) {
            return;
        }
        entry->when.time_us = (int64_t)(ms < 1e11 ? ms * 1e6 : ms * 1e3);
        entry->when.year_known = entry->when.zone_known = true;
        entry->when.zone_minutes = 0;
        return;
    }
    if (logtime_iso(&text, &time)) {
        entry->when = logtime_moment(&time, context);
    }
}

/* `kubelet/kubelet.go:1530` */
static void set_caller(struct span caller, struct entry *entry, struct arena *arena)
{
    struct span file, line = caller, part;
    uint64_t number;

    if (!span_cut(&line, ':', &file) || !span_to_uint(line, &number) || number > INT32_MAX) {
        return;
    }
    while (span_find_byte(file, '/') >= 0) {
        (void)span_cut(&file, '/', &part);
    }
    entry->klog.file = arena_copy(arena, file);
    entry->klog.line = (int64_t)number;
}

/* Errors of klog have no verbosity, and its JSON has no other severity; zap has `level`. */
static char letter_of(const json_t *object, struct arena *arena)
{
    struct span level = json_member(object, "level", arena);

    if (span_empty(level)) {
        return json_object_get(object, "v") ? 'I' : 'E';
    }
    switch (level.data[0] | 0x20) { /* slog has capitals */
    case 'e':
        return 'E';
    case 'w':
        return 'W';
    case 'f':
    case 'p':
        return 'F';
    default:
        return 'I';
    }
}

static void set_severity(char letter, struct entry *entry)
{
    entry->severity = letter == 'F'   ? SEVERITY_CRITICAL
                      : letter == 'E' ? SEVERITY_ERROR
                      : letter == 'W' ? SEVERITY_WARNING
                                      : SEVERITY_INFO;
}

static bool is_header(const char *name)
{
    static const char *const names[] = { "ts", "time",  "caller", "msg",
                                         "v",  "level", "logger", "stacktrace" };

    for (size_t i = 0; i < N_ELEMENTS(names); i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* `msg key=value key=value`; also appends the pairs to the fields. */
static void set_message(json_t *object, struct entry *entry, struct arena *arena)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    size_t n = entry->n_fields, pairs = json_object_size(object);
    struct field *fields;
    const char *name;
    json_t *value;

    pairs = pairs < LIMIT_FIELDS ? pairs : LIMIT_FIELDS;
    fields = ARENA_ARRAY(arena, struct field, n + pairs);
    if (n) {
        memcpy(fields, entry->fields, n * sizeof(*fields));
    }
    buf_add(&text, json_member(object, "msg", arena));
    json_object_foreach(object, name, value)
    {
        struct field pair;

        if (is_header(name) || n == entry->n_fields + pairs) {
            continue;
        }
        pair = (struct field){ arena_copy(arena, span_of(name)), value_text(value, arena) };
        fields[n++] = pair;
        buf_printf(&text, " %s=", name);
        buf_add(&text, pair.value);
    }
    entry->fields = fields;
    entry->n_fields = n;
    entry->message = arena_copy(arena, buf_span(&text));
}

/* Of klog and zap `ts`, of logrus and slog `time` beside `level`. */
static const json_t *time_of(const json_t *object)
{
    const json_t *ts = json_object_get(object, "ts");

    return ts ? ts : json_object_get(object, "level") ? json_object_get(object, "time") : NULL;
}

bool klog_json_refine(const struct format_context *context, struct entry *entry)
{
    CLEANUP(json_free_at) json_t *object = NULL;
    struct span text = span_trim(entry->message);

    /* A cheap test first: few messages are an object with `msg`. */
    if (!span_starts(text, SPAN("{\"")) || span_find(text, SPAN("\"msg\"")) < 0 ||
        json_read(text, &object) < 0 || !json_is_string(json_object_get(object, "msg")) ||
        !time_of(object)) {
        return false;
    }
    set_time(context, time_of(object), entry);
    set_caller(json_member(object, "caller", context->arena), entry, context->arena);
    set_severity(letter_of(object, context->arena), entry);
    if (json_object_get(object, "ts")) {
        entry->klog.severity = letter_of(object, context->arena);
    }
    set_message(object, entry, context->arena);
    return true;
}

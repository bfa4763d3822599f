/* What completes an entry: klog inside a journal's MESSAGE, the component and the streams. */

#include "input/completion.h"

#include "format/event.h"
#include "format/layer.h"
#include "format/logtime.h"

enum {
    LEARN_MAX = 256,          /* records at the start of a text that are decoded for processes */
    LEARN_BYTES = 16 * 1024,  /* after them, and after what is new, one of so many bytes */
    LEARN_SELDOM = 128 * 1024 /* and of ever more, up to so many, as long as nothing is new */
};

void completion_init(struct completion *completion, const struct streams *streams, uint32_t input,
                     const char *name, bool layers)
{
    *completion = (struct completion){
        .streams = streams, .input = input, .layers = layers, .printed = { .from_us = TIME_UNKNOWN }
    };
    completion->path = streams ? component_of_path(streams, span_of(name)) : COMPONENT_NONE;
    completion->components = streams ? components_new(streams) : NULL;
    completion->sections.streams = streams;
    processes_init(&completion->processes);
}

void completion_set_place(struct completion *completion, struct span node, const char *log)
{
    completion->node = node;
    if (completion->streams && log) {
        completion->path = streams_find(completion->streams, span_of(log));
    }
}

void completion_set_hostname(struct completion *completion, struct span hostname)
{
    completion->hostname = hostname;
}

void completion_set_printed(struct completion *completion, struct collected printed)
{
    completion->printed = printed;
}

void completion_set_since(struct completion *completion, int64_t since_us)
{
    completion->since_us = since_us;
}

void completion_set_boot(struct completion *completion, int64_t booted_us, int64_t spread_us)
{
    completion->booted_us = booted_us;
    completion->booted_spread_us = spread_us;
}

void completion_done(struct completion *completion)
{
    components_free(completion->components);
    sections_done(&completion->sections);
    buf_done(&completion->host);
    buf_done(&completion->about);
    node_names_free(completion->names);
}

static position locate(void *owner, size_t offset)
{
    struct completion *completion = owner;

    return batch_locate(&completion->inner, offset);
}

static position nth(void *owner, uint64_t i)
{
    struct completion *completion = owner;

    return completion->inner.nth(completion->inner.owner, i);
}

static void decode_layers(struct arena *arena, struct entry *entry)
{
    struct format_context context = { .arena = arena };

    layer_refine(&context, entry);
    while (span_ends(entry->message, SPAN("\n"))) {
        entry->message.size--;
    }
}

static void judge_component(const struct completion *completion, position at, struct entry *entry)
{
    struct component_place place = component_place_none;

    if (!completion->layers) {
        place = sections_place(&completion->sections, at);
        place.process = processes_find(&completion->processes, entry->klog.thread);
    }
    if (!completion->layers && !completion->sections.headed) {
        place.path = completion->path;
        place.input = processes_only(&completion->processes);
    }
    components_judge(completion->components, &place, entry);
}

static void note_name(struct span name, struct buf *one, bool *several)
{
    if (span_empty(name) || *several || span_equal(name, buf_span(one))) {
        return;
    }
    *several = one->size > 0;
    buf_add(one, name);
}

/* A Kubernetes event names the node that it is about, not the one that wrote the input. */
static void note_host(struct completion *completion, const struct entry *entry)
{
    if (span_is(entry->transport, "event")) {
        note_name(entry->host, &completion->about, &completion->about_several);
    } else {
        note_name(entry->host, &completion->host, &completion->several_hosts);
    }
}

/* The addresses of a node object. */
static void note_addresses(struct completion *completion, const struct entry *entry)
{
    for (size_t i = 0; i < entry->n_fields; i++) {
        if (span_is(entry->fields[i].name, "address")) {
            completion->names = completion->names ? completion->names : node_names_new();
            node_names_add(completion->names, entry->fields[i].value, entry->host);
        }
    }
}

const struct node_names *completion_names(const struct completion *completion)
{
    return completion->names;
}

struct span completion_host(const struct completion *completion)
{
    return completion->several_hosts ? (struct span){ 0 } : buf_span(&completion->host);
}

struct span completion_about(const struct completion *completion, bool *ret_several)
{
    *ret_several = completion->about_several;
    return completion->about_several ? (struct span){ 0 } : buf_span(&completion->about);
}

/* What the block says that an event is in: its node, and the time that its age counts from. */
static void complete_event(const struct completion *completion, position at, struct arena *arena,
                           struct entry *entry)
{
    struct collected collected = sections_collected(&completion->sections, at);

    if (collected.from_us == TIME_UNKNOWN) {
        collected = completion->printed;
    }
    if (span_empty(entry->host)) {
        entry->host = arena_copy(arena, sections_node(&completion->sections, at));
    }
    if (entry->when.time_us == TIME_UNKNOWN && collected.from_us != TIME_UNKNOWN) {
        event_set_range(entry, collected.from_us, collected.spread_us, arena);
    }
}

/* --- heartbeats --- */

/* The kubelet renews its status every five minutes, changed or not (nodeStatusReportFrequency). */
static const int64_t HEARTBEAT_OLD_US = 15 * USEC_PER_MINUTE;

static struct span field_of(const struct entry *entry, const char *name)
{
    for (size_t i = 0; i < entry->n_fields; i++) {
        if (span_is(entry->fields[i].name, name)) {
            return entry->fields[i].value;
        }
    }
    return (struct span){ 0 };
}

/* The last one of a node that is ready, as its object or kubectl describe shows it; TIME_UNKNOWN: the entry has none. */
static int64_t heartbeat_of(const struct entry *entry)
{
    struct span seen = field_of(entry, "last_seen");
    bool of_ready = span_is(field_of(entry, "condition"), "Ready");
    struct logtime time;
    struct moment when;

    if (!span_is(field_of(entry, of_ready ? "status" : "Ready"), "True")) {
        return TIME_UNKNOWN;
    }
    if (event_cut_date(&seen, &when)) {
        return when.time_us;
    }
    return logtime_iso(&seen, &time) && time.zone_known
               ? civil_to_us(&time.civil) - time.zone_minutes * USEC_PER_MINUTE
               : TIME_UNKNOWN;
}

static void complete_heartbeat(const struct completion *completion, struct arena *arena,
                               struct entry *entry)
{
    int64_t heartbeat_us = completion->since_us ? heartbeat_of(entry) : TIME_UNKNOWN;
    int64_t silent_us = completion->since_us - heartbeat_us;
    struct field *fields;

    if (heartbeat_us == TIME_UNKNOWN || silent_us < HEARTBEAT_OLD_US) {
        return;
    }
    fields = ARENA_ARRAY(arena, struct field, entry->n_fields + 2);
    memcpy(fields, entry->fields, entry->n_fields * sizeof(*fields));
    fields[entry->n_fields++] = (struct field){ SPAN("HEARTBEAT"), SPAN("old") };
    fields[entry->n_fields++] = (struct field){
        SPAN("SILENT_FOR"),
        span_of(arena_printf(arena, "%llds", (long long)(silent_us / USEC_PER_SEC)))
    };
    entry->fields = fields;
}

/* Early in the boot a machine has no name of its own. */
static bool is_nameless(struct span host)
{
    return span_empty(host) || span_is(host, "localhost") || span_is(host, "(none)") ||
           span_starts(host, SPAN("localhost."));
}

static bool is_short_name(struct span host, struct span name)
{
    return span_starts(host, name) && (host.size == name.size || host.data[name.size] == '.');
}

/* The path decides, then the line, then what the bundle calls its node. In a log that never names that, the node has
 * another name: it is not another node. */
static void complete_host(struct completion *completion, struct entry *entry)
{
    struct span hostname = completion->hostname;

    if (!span_empty(completion->node)) {
        entry->host = completion->node;
        return;
    }
    if (span_empty(hostname)) {
        return;
    }
    completion->names_node |= !is_nameless(entry->host) && (is_short_name(entry->host, hostname) ||
                                                            is_short_name(hostname, entry->host));
    if (!completion->names_node || is_nameless(entry->host)) {
        entry->host = hostname;
    }
}

/* The range of a time that is known since the boot only. */
static void complete_boot(const struct completion *completion, struct moment *when)
{
    if (completion->booted_us && when->time_us == TIME_UNKNOWN &&
        when->monotonic_us != TIME_UNKNOWN && when->spread_us == 0) {
        when->zone_known = true;
        when->earliest_us = completion->booted_us + when->monotonic_us;
        when->spread_us = completion->booted_spread_us;
        when->collected_us = completion->booted_us;
        when->collected_spread_us = completion->booted_spread_us;
    }
}

static int decode(void *owner, position at, struct arena *arena, struct entry *ret)
{
    struct completion *completion = owner;
    int r = batch_decode(&completion->inner, at, arena, ret);

    if (r <= 0) {
        return r;
    }
    if (completion->layers) {
        decode_layers(arena, ret);
    }
    ret->origin.input = completion->input;
    if (!completion->layers && span_is(ret->transport, "event")) {
        complete_event(completion, at, arena, ret);
        complete_heartbeat(completion, arena, ret);
        note_addresses(completion, ret);
    }
    if (!span_is(ret->transport, "event")) {
        complete_host(completion, ret);
    }
    complete_boot(completion, &ret->when);
    note_host(completion, ret);
    if (completion->streams) {
        judge_component(completion, at, ret);
    }
    return r;
}

static int step(void *owner, position at, int direction, position *ret)
{
    struct completion *completion = owner;

    return batch_step(&completion->inner, at, direction, ret);
}

static void learn_record(struct completion *completion, position at, struct arena *arena)
{
    size_t more = 2 * completion->learn_bytes;
    struct entry entry;

    if (decode(completion, at, arena, &entry) > 0 &&
        processes_learn(&completion->processes, completion->streams, &entry)) {
        completion->learn_bytes = LEARN_BYTES;
    } else if (completion->n_learnt >= LEARN_MAX) {
        completion->learn_bytes = more < LEARN_SELDOM ? more : LEARN_SELDOM;
    }
    arena_clear(arena);
}

/* Decodes a sample of the records of a text, to know whose its PIDs are. */
static void learn_processes(struct completion *completion, const struct batch *batch)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    position at = batch_locate(batch, 0);

    completion->learn_bytes = completion->learn_bytes ? completion->learn_bytes : LEARN_BYTES;
    for (size_t offset = 0; offset < batch->bytes.size;) {
        learn_record(completion, at, arena);
        if (++completion->n_learnt > LEARN_MAX) {
            offset += completion->learn_bytes;
            at = offset < batch->bytes.size ? batch_locate(batch, offset) : at;
        } else if (batch_step(batch, at, 1, &at) <= 0) {
            return;
        }
    }
}

struct batch completion_apply(struct completion *completion, const struct batch *batch)
{
    struct batch ret = *batch;

    completion->inner = *batch;
    ret.owner = completion;
    ret.locate = locate;
    ret.nth = batch->nth ? nth : NULL;
    ret.decode = decode;
    ret.step = step;
    if (completion->streams && !completion->layers) {
        sections_scan(&completion->sections, batch);
        learn_processes(completion, batch);
    }
    return ret;
}

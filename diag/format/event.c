/* Converts a Kubernetes event to an entry: events.k8s.io and core/v1 Event, v1 NodeCondition.
 * https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
 *
 *   Warning  SystemOOM  5m46s  kubelet, node01  System OOM encountered, victim process: pip3, ...
 */

#include "format/event.h"

#include "format/logtime.h"

struct cluster_event event_empty(void)
{
    return (struct cluster_event){ .when = MOMENT_UNKNOWN };
}

static bool is_warning_condition(const struct cluster_event *event)
{
    if (span_is(event->condition, "Ready")) {
        return !span_is(event->status, "True");
    }
    return span_is(event->status, "True");
}

/* The kubelet uses `Normal` even for disk pressure, so it only means "info". */
static enum severity severity_of(const struct cluster_event *event)
{
    if (span_is(event->type, "Warning")) {
        return SEVERITY_WARNING;
    }
    if (!span_empty(event->type)) {
        return SEVERITY_INFO;
    }
    if (!span_empty(event->condition)) {
        return is_warning_condition(event) ? SEVERITY_WARNING : SEVERITY_INFO;
    }
    return SEVERITY_UNKNOWN;
}

/* `Node node01 status is now: NodeHasDiskPressure` */
static struct span node_of_message(struct span message)
{
    struct span word;

    if (!span_starts(message, SPAN("Node ")) || span_find(message, SPAN(" status is now: ")) < 0) {
        return (struct span){ 0 };
    }
    message = span_skip(message, 5);
    return span_word(&message, &word) ? word : (struct span){ 0 };
}

static struct span host_of(const struct cluster_event *event)
{
    if (!span_empty(event->host)) {
        return event->host;
    }
    if (span_starts(event->object, SPAN("node/"))) {
        return span_skip(event->object, 5);
    }
    return node_of_message(event->message);
}

/* An age is a range: `5m` is less than 6 minutes. */
struct age {
    int64_t least_s, most_s;
};

static bool read_age(struct span text, struct age *ret)
{
    static const char units[] = "smhdy";
    static const int64_t seconds[] = { 1, 60, 3600, 86400, 365 * INT64_C(86400) };
    int64_t unit_s = 0, number = 0;

    ret->least_s = 0;
    for (size_t i = 0; i < text.size; i++) {
        const char *unit = strchr(units, text.data[i]);

        if (is_digit(text.data[i]) && number < 100000) {
            number = number * 10 + (text.data[i] - '0');
            unit_s = 0;
            continue;
        }
        if (!text.data[i] || !unit) {
            return false;
        }
        unit_s = seconds[unit - units];
        ret->least_s += number * unit_s;
        number = 0;
    }
    ret->most_s = ret->least_s + unit_s;
    return unit_s > 0;
}

/* Empty when the ages or the count are unknown. */
static struct span interval_of(const struct cluster_event *event, struct arena *arena)
{
    struct age first, last;
    uint64_t count;

    if (!span_to_uint(event->count, &count) || count < 2 || !read_age(event->first_seen, &first) ||
        !read_age(event->last_seen, &last) || first.least_s < last.most_s) {
        return (struct span){ 0 };
    }
    return span_of(arena_printf(arena, "%lld",
                                (long long)(first.least_s - last.most_s) / (long long)(count - 1)));
}

bool event_cut_date(struct span *rest, struct moment *ret)
{
    struct span at = *rest, weekday, month, zone;
    struct format_context nothing = { 0 };
    struct logtime time;
    int64_t day, year;

    if (!span_word(&at, &weekday) || !span_ends(weekday, SPAN(",")) || take_blanks(&at) != 1 ||
        !take_digits(&at, 2, 2, &day) || !span_word(&at, &month) || take_blanks(&at) != 1 ||
        !take_digits(&at, 4, 4, &year) || take_blanks(&at) != 1 || !logtime_clock(&at, &time) ||
        !span_word(&at, &zone) || !calendar_zone(zone, &time.zone_minutes)) {
        return false;
    }
    time.zone_known = true;
    time.civil.year = (int)year;
    time.civil.month = calendar_month(month);
    time.civil.day = (int)day;
    if (!civil_valid(&time.civil)) {
        return false;
    }
    *ret = logtime_moment(&time, &nothing);
    *rest = at;
    return true;
}

void event_set_range(struct entry *entry, int64_t collected_us, int64_t collected_spread_us,
                     struct arena *arena)
{
    struct moment *when = &entry->when;
    struct age last, first;

    if (!read_age(entry_field(entry, SPAN("last_seen"), arena), &last)) {
        return;
    }
    when->zone_known = true;
    when->collected_us = collected_us;
    when->collected_spread_us = collected_spread_us;
    when->earliest_us = collected_us - last.most_s * USEC_PER_SEC;
    when->spread_us = collected_spread_us + (last.most_s - last.least_s) * USEC_PER_SEC;
    if (read_age(entry_field(entry, SPAN("first_seen"), arena), &first)) {
        when->began_us = collected_us - first.most_s * USEC_PER_SEC;
        when->began_spread_us = collected_spread_us + (first.most_s - first.least_s) * USEC_PER_SEC;
    }
}

void event_fill(const struct cluster_event *event, struct arena *arena, struct entry *entry)
{
    const struct field said[] = {
        { SPAN("type"), event->type },
        { SPAN("reason"), event->reason },
        { SPAN("from"), event->component },
        { SPAN("object"), event->object },
        { SPAN("namespace"), event->namespace },
        { SPAN("sub_object"), event->sub_object },
        { SPAN("count"), event->count },
        { SPAN("first_seen"), event->first_seen },
        { SPAN("last_seen"), event->last_seen },
        { SPAN("age"), event->last_seen },
        { SPAN("condition"), event->condition },
        { SPAN("status"), event->status },
        { SPAN("interval"), interval_of(event, arena) },
    };
    struct field *fields = ARENA_ARRAY(arena, struct field, N_ELEMENTS(said));
    size_t n = 0;

    for (size_t i = 0; i < N_ELEMENTS(said); i++) {
        if (!span_empty(said[i].value)) {
            fields[n++] = said[i];
        }
    }
    entry->transport = SPAN("event");
    entry->identifier = event->component;
    entry->host = host_of(event);
    entry->severity = severity_of(event);
    entry->when = event->when;
    entry->stamp = event->stamp;
    entry->message = event->message;
    entry->fields = fields;
    entry->n_fields = n;
}

/* Entries that two inputs have in common.
 *
 *   kubelet.log:   E0602 15:59:24.360483   18726 kubelet.go:1530] "Failed to start cAdvisor" ...
 *   messages:      Jun  2 15:59:24 node-a kubelet[18726]: E0602 15:59:24.360483 ...
 *
 * Of events of Kubernetes one of them may have the time, the others its age.
 *
 *   events.json:   "lastTimestamp": "2024-06-12T13:49:30Z"
 *   nodesdescribe: Warning  SystemOOM  10m  kubelet  System OOM encountered, victim process: java, pid: 9123 */

#include "timeline/copies.h"

#include "base/alloc.h"

#include <stdlib.h>

/* Of two exact times of one entry, one may be that of its arrival in the journal. */
static const int64_t ARRIVAL_US = USEC_PER_SEC / 10;

/* So many entries with the same message in one second are compared with each other. */
enum {
    MAX_COMPARED = 64
};

static int64_t second_of(const struct event *event)
{
    return event->time_us / USEC_PER_SEC;
}

static bool is_exact(const struct event *event)
{
    return event->time_us % USEC_PER_SEC != 0;
}

#define BY(x, y)                                                                                   \
    if ((x) != (y))                                                                                \
    return (x) < (y) ? -1 : 1

/* By what copies have in common, apart from the pid, which may be unknown. Events without a time
 * come last. */
static int compare_entries(const struct event *a, const struct event *b)
{
    BY(a->time_us == TIME_UNKNOWN, b->time_us == TIME_UNKNOWN);
    BY(a->node, b->node);
    BY(second_of(a), second_of(b));
    BY(a->rule, b->rule);
    BY(a->index, b->index);
    BY(a->seen->message_hash, b->seen->message_hash);
    return 0;
}

static int by_entry_and_input(const void *a, const void *b)
{
    const struct event *x = a, *y = b;
    int order = compare_entries(x, y);

    if (order != 0) {
        return order;
    }
    BY(x->seen->input, y->seen->input);
    BY(x->time_us, y->time_us);
    BY(x->seen->sequence, y->seen->sequence);
    return 0;
}

/* Of a known time, that time. */
static int64_t least_of(const struct event *event)
{
    return event->time_us == TIME_UNKNOWN ? event->earliest_us : event->time_us;
}

static int64_t most_of(const struct event *event)
{
    return event->time_us == TIME_UNKNOWN ? event->earliest_us + event->spread_us : event->time_us;
}

static bool is_copy(const struct event *a, const struct event *b)
{
    bool pids = a->seen->pid >= 0 && b->seen->pid >= 0;
    int64_t distance;

    if (a->seen->input == b->seen->input || (pids && a->seen->pid != b->seen->pid)) {
        return false;
    }
    if (!span_empty(a->signal->boot) && !span_empty(b->signal->boot) &&
        !span_equal(a->signal->boot, b->signal->boot)) {
        return false;
    }
    if (a->time_us == TIME_UNKNOWN || b->time_us == TIME_UNKNOWN) {
        return least_of(a) <= most_of(b) && least_of(b) <= most_of(a);
    }
    distance = llabs(a->time_us - b->time_us);
    return !is_exact(a) || !is_exact(b) || distance <= (pids ? ARRIVAL_US : 0);
}

/* How much is known of it. Whole seconds between lines of systemd, which name the host, show better
 * what came first than an exact time in a log without these. */
static unsigned knowledge(const struct event *event)
{
    return (span_empty(event->seen->invocation) ? 0 : 32) + (event->unit == NO_UNIT ? 0 : 16) +
           (event->seen->pid < 0 ? 0 : 8) + (span_empty(event->signal->host) ? 0 : 4) +
           (is_exact(event) ? 2 : 0) + (event->seen->whole ? 1 : 0);
}

static bool is_known_better(const struct event *event, const struct event *known)
{
    if (event->time_us == TIME_UNKNOWN || known->time_us == TIME_UNKNOWN) {
        return most_of(event) - least_of(event) < most_of(known) - least_of(known);
    }
    return knowledge(event) > knowledge(known);
}

/* The entries of one message in one second, each once; or with ranges, all of one message. */
struct entries {
    const uint64_t *sizes; /* of the inputs, in events */
    struct event *items;
    size_t n;
    uint32_t matched_by[MAX_COMPARED]; /* the last input that has the entry, too */
};

/* Of all copies, those of the longer input give the order: of two entries of one second it has both. */
static const struct occurrence *place_of(const struct entries *entries, const struct event *a,
                                         const struct event *b)
{
    return entries->sizes[b->place->input] > entries->sizes[a->place->input] ? b->place : a->place;
}

/* Is it a copy of one of the entries? If so, *event becomes the one of both that is known less. */
static bool find_copy(struct entries *entries, struct event *event)
{
    uint32_t input = event->seen->input;

    for (size_t i = 0; i < entries->n && i < MAX_COMPARED; i++) {
        struct event known = entries->items[i];
        const struct occurrence *place;

        if ((entries->matched_by[i] == input && !event->is_first) || !is_copy(&known, event)) {
            continue;
        }
        entries->matched_by[i] = input;
        place = place_of(entries, &known, event);
        if (!event->is_first && is_known_better(event, &known)) {
            entries->items[i] = *event;
            *event = known;
        }
        entries->items[i].place = place;
        return true;
    }
    return false;
}

static void add_entry(struct entries *entries, const struct event *event)
{
    if (entries->n < MAX_COMPARED) {
        entries->matched_by[entries->n] = event->seen->input;
    }
    entries->items[entries->n++] = *event;
}

/* Number of events of each input. The caller frees it. */
static uint64_t *count_by_input(const struct event *events, size_t n)
{
    uint32_t n_inputs = 0;
    uint64_t *sizes;

    for (size_t i = 0; i < n; i++) {
        if (events[i].seen->input >= n_inputs) {
            n_inputs = events[i].seen->input + 1;
        }
    }
    sizes = alloc_zeroed(n_inputs, sizeof(*sizes));
    for (size_t i = 0; i < n; i++) {
        sizes[events[i].seen->input]++;
    }
    return sizes;
}

static bool are_of_one_input(const struct event *events, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (events[i].seen->input != events[0].seen->input) {
            return false;
        }
    }
    return true;
}

/* --- ranges --- */

/* What counts from a boot belongs to the lines around it, which count from it, too. */
static bool is_ranged(const struct event *event)
{
    return event->time_us == TIME_UNKNOWN && event->monotonic_us == TIME_UNKNOWN &&
           event->spread_us > 0;
}

static bool has_ranged(const struct event *events, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (is_ranged(&events[i])) {
            return true;
        }
    }
    return false;
}

static int compare_messages(const struct event *a, const struct event *b)
{
    BY(a->node, b->node);
    BY(a->rule, b->rule);
    BY(a->index, b->index);
    BY(a->seen->message_hash, b->seen->message_hash);
    return 0;
}

/* Those with a time first. */
static int by_message_and_input(const void *a, const void *b)
{
    const struct event *x = a, *y = b;
    int order = compare_messages(x, y);

    if (order != 0) {
        return order;
    }
    BY(x->time_us == TIME_UNKNOWN, y->time_us == TIME_UNKNOWN);
    BY(x->seen->input, y->seen->input);
    BY(x->time_us, y->time_us);
    BY(x->seen->sequence, y->seen->sequence);
    return 0;
}

/* Of what has a range, copies of what has a time in it, or a range that meets it. */
static size_t remove_ranged(struct event *events, size_t n, const uint64_t *sizes, uint64_t *copies)
{
    struct entries entries = { .items = events, .sizes = sizes };

    qsort(events, n, sizeof(*events), by_message_and_input);
    for (size_t i = 0; i < n; i++) {
        struct event event = events[i];

        if (i > 0 && compare_messages(&events[i - 1], &event)) {
            entries.items += entries.n;
            entries.n = 0;
        }
        if (is_ranged(&event) && find_copy(&entries, &event)) {
            copies[event.group] += !event.is_first;
        } else {
            add_entry(&entries, &event);
        }
    }
    return (size_t)(entries.items + entries.n - events);
}

/* --- times --- */

static size_t remove_timed(struct event *events, size_t n, const uint64_t *sizes, uint64_t *copies)
{
    struct entries entries = { .items = events, .sizes = sizes };

    qsort(events, n, sizeof(*events), by_entry_and_input);
    for (size_t i = 0; i < n; i++) {
        struct event event = events[i];

        if (i > 0 && (event.time_us == TIME_UNKNOWN || compare_entries(&events[i - 1], &event))) {
            entries.items += entries.n;
            entries.n = 0;
        }
        if (event.time_us != TIME_UNKNOWN && find_copy(&entries, &event)) {
            copies[event.group]++;
        } else {
            add_entry(&entries, &event);
        }
    }
    return (size_t)(entries.items + entries.n - events);
}

size_t copies_remove(struct event *events, size_t n, uint64_t *copies)
{
    uint64_t *sizes;

    if (are_of_one_input(events, n)) {
        return n;
    }
    sizes = count_by_input(events, n);
    n = remove_timed(events, n, sizes, copies);
    if (has_ranged(events, n)) {
        n = remove_ranged(events, n, sizes, copies);
    }
    free(sizes);
    return n;
}

/* All occurrences in the order in which they happened. */

#include "timeline/timeline.h"

#include "base/arithmetic.h"
#include "base/sort.h"
#include "timeline/boot_pairs.h"
#include "timeline/clocks.h"
#include "timeline/copies.h"
#include "timeline/hosts.h"
#include "timeline/offsets.h"
#include "timeline/sources.h"

static int compare_int64(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* Position in its input, in the order of happening. */
static void assign_order(struct timeline *timeline, const struct store *store)
{
    uint32_t input = UINT32_MAX;
    bool reversed = false;

    for (size_t i = 0; i < timeline->n; i++) {
        struct event *event = &timeline->events[i];
        int64_t sequence = (int64_t)event->place->sequence;

        if (event->place->input != input) {
            input = event->place->input;
            reversed = store_is_newest_first(store, input);
        }
        event->order = reversed ? -sequence : sequence;
    }
}

static int by_place(const void *a, const void *b)
{
    const struct event *one = a, *other = b;
    int r = compare_int64(one->node, other->node);

    if (r == 0) {
        r = compare_int64(one->place->input, other->place->input);
    }
    return r ? r : compare_int64(one->order, other->order);
}

/* A log whose clock goes back by a moment is read in the order of its lines: two writers
 * differ, or the clock was adjusted. */
static void forgive_disorder(struct timeline *timeline)
{
    const struct event *before = NULL;

    sort_items(timeline->events, timeline->n, sizeof(*timeline->events), by_place);
    for (size_t i = 0; i < timeline->n; i++) {
        struct event *event = &timeline->events[i];
        int64_t back;

        if (event->time_us == TIME_UNKNOWN) {
            continue;
        }
        if (before && before->node == event->node && before->place->input == event->place->input) {
            back = before->time_us - event->time_us;
            if (back > 0 && back <= DISORDER_US) {
                event->time_us = before->time_us;
            }
        }
        before = event;
    }
}

/* Its time on the node's clock, or the earliest that it can be; TIME_UNKNOWN without either. */
static int64_t earliest(const struct event *event)
{
    return event->time_us == TIME_UNKNOWN && event->spread_us ? event->earliest_us : event->time_us;
}

/* Events on the node's clock come first; then those that only count from the boot, then those
 * without any time. */
static int clock_rank(const struct event *event)
{
    return earliest(event) != TIME_UNKNOWN ? 0 : event->monotonic_us != TIME_UNKNOWN ? 1 : 2;
}

static int by_happening(const void *a, const void *b)
{
    const struct event *one = a, *other = b;
    int rank = clock_rank(one);
    int r = compare_int64(one->node, other->node);

    if (r == 0) {
        r = rank - clock_rank(other);
    }
    if (r == 0 && rank == 0) {
        r = compare_int64(earliest(one), earliest(other));
    }
    if (r == 0 && rank <= 1) {
        r = compare_int64(one->monotonic_us, other->monotonic_us);
    }
    if (r == 0) {
        r = compare_int64(one->source, other->source);
    }
    if (r == 0) {
        r = compare_int64(one->order, other->order);
    }
    if (r == 0) {
        r = compare_int64(one->rule, other->rule);
    }
    return r ? r : compare_int64(one->index, other->index);
}

/* Of an entry that counts several occurrences, the first and the last are events. */
static bool counts_several(const struct moment *when)
{
    return when->time_us == TIME_UNKNOWN && when->began_spread_us;
}

static struct event event_of(const struct store *store, const struct occurrence *seen)
{
    const struct signal *signal = store_group(store, seen->group)->signal;

    return (struct event){
        .seen = seen,
        .place = seen,
        .signal = seen->whole ? seen->whole : signal,
        .group = seen->group,
        .rule = signal->rule,
        .index = signal->signal,
        .earliest_us = seen->when.earliest_us,
        .spread_us = seen->when.spread_us,
        .unit = signal->unit_streams ? LOWEST_BIT(signal->unit_streams) : NO_UNIT,
        .run = NO_RUN,
    };
}

static struct event first_of(struct event event)
{
    event.earliest_us = event.seen->when.began_us;
    event.spread_us = event.seen->when.began_spread_us;
    event.is_first = true;
    return event;
}

static void add_events(struct timeline *timeline, const struct store *store)
{
    size_t n = store_n_occurrences(store), n_several = 0;

    for (size_t i = 0; i < n; i++) {
        n_several += counts_several(&store_occurrence(store, i)->when);
    }
    timeline->events = ARENA_ARRAY(timeline->arena, struct event, n + n_several);
    for (size_t i = 0; i < n; i++) {
        struct event event = event_of(store, store_occurrence(store, i));

        timeline->kept[event.group]++;
        timeline->events[timeline->n++] = event;
        if (counts_several(&event.seen->when)) {
            timeline->events[timeline->n++] = first_of(event);
        }
    }
}

void timeline_init(struct timeline *timeline, const struct rules *rules, const struct store *store,
                   const struct timeline_inputs *inputs, struct notes *notes)
{
    size_t n;

    *timeline = (struct timeline){ .arena = arena_new(), .names = inputs->origins.names };
    timeline->kept = ARENA_ARRAY(timeline->arena, uint64_t, store_n_groups(store));
    timeline->copies = ARENA_ARRAY(timeline->arena, uint64_t, store_n_groups(store));
    add_events(timeline, store);
    n = timeline->n;
    timeline->hosts = hosts_assign(timeline->events, n, &inputs->origins, &rules->streams,
                                   timeline->arena, &timeline->n_nodes);
    clocks_assign(timeline->events, n, timeline->hosts, timeline->n_nodes, inputs->range, notes);
    offsets_align(timeline->events, n);
    boot_pairs_align(timeline->events, n);
    boot_pairs_note(timeline->events, n, timeline->hosts, timeline->n_nodes, notes);
    n = timeline->n = copies_remove(timeline->events, n, timeline->copies);
    sources_rank(timeline->events, n);
    assign_order(timeline, store);
    forgive_disorder(timeline);
    sort_items(timeline->events, n, sizeof(*timeline->events), by_happening);
}

size_t timeline_first_of(const struct timeline *timeline, uint32_t node)
{
    size_t low = 0, high = timeline->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (timeline->events[middle].node < node) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void timeline_done(struct timeline *timeline)
{
    arena_free(timeline->arena);
    *timeline = (struct timeline){ 0 };
}

/* All occurrences in the order in which they happened. */

#include "reason/timeline.h"

#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

/* The wall clock was set, and not only adjusted. */
static const int64_t JUMP_US = USEC_PER_MINUTE;

bool event_distance(const struct event *a, const struct event *b, int64_t *ret_us)
{
    if (a->time_us != TIME_UNKNOWN && b->time_us != TIME_UNKNOWN) {
        *ret_us = b->time_us - a->time_us;
        return true;
    }
    if (a->monotonic_us != TIME_UNKNOWN && b->monotonic_us != TIME_UNKNOWN &&
        span_equal(a->signal->boot, b->signal->boot)) {
        *ret_us = b->monotonic_us - a->monotonic_us;
        return true;
    }
    return false;
}

static bool known_and_different(struct span a, struct span b)
{
    return !span_empty(a) && !span_empty(b) && !span_equal(a, b);
}

bool event_shares(const struct event *a, const struct event *b, unsigned same)
{
    if ((same & SAME_HOST) && a->node != b->node) {
        return false;
    }
    if ((same & SAME_BOOT) && known_and_different(a->signal->boot, b->signal->boot)) {
        return false;
    }
    if ((same & SAME_UNIT) && a->unit != NO_UNIT && b->unit != NO_UNIT && a->unit != b->unit) {
        return false;
    }
    if ((same & SAME_RUN) && a->life != NO_LIFE && b->life != NO_LIFE && a->life != b->life) {
        return false;
    }
    if ((same & SAME_PID) && a->seen->pid >= 0 && b->seen->pid >= 0 &&
        a->seen->pid != b->seen->pid) {
        return false;
    }
    return true;
}

bool event_same_record(const struct event *a, const struct event *b)
{
    return a->seen->input == b->seen->input && a->seen->sequence == b->seen->sequence;
}

/* --- nodes --------------------------------------------------------------------------------- */

/* `node1` and `node1.example.org` are the same machine. */
static bool same_host(struct span a, struct span b)
{
    struct span shorter = a.size < b.size ? a : b;
    struct span longer = a.size < b.size ? b : a;

    return span_starts(longer, shorter) &&
           (longer.size == shorter.size || longer.data[shorter.size] == '.');
}

typedef VEC(struct span) spans;

static uint32_t find_host(spans *hosts, struct span host)
{
    for (size_t i = 0; i < hosts->n; i++) {
        if (same_host(hosts->items[i], host)) {
            return (uint32_t)i;
        }
    }
    return UINT32_MAX;
}

/* Hosts of the logs, or those that only Kubernetes events name. */
static void collect_hosts(const struct timeline *timeline, uint64_t event_stream, bool events,
                          spans *hosts)
{
    for (size_t i = 0; i < timeline->n; i++) {
        const struct signal *signal = timeline->events[i].signal;

        if (span_empty(signal->host) || (signal->streams == event_stream) != events) {
            continue;
        }
        if (find_host(hosts, signal->host) == UINT32_MAX) {
            vec_push(hosts, signal->host);
        }
    }
}

/* Logs without a host name belong to the only host there is. Kubernetes names a node as it likes,
 * so the one node of the events is the one host of the logs, too. With several hosts, what names
 * none is a node of its own. */
static void assign_nodes(struct timeline *timeline, const struct streams *streams)
{
    int index = streams_find(streams, SPAN("event"));
    uint64_t event_stream = index < 0 ? 0 : UINT64_C(1) << index;
    spans logs = { 0 }, events = { 0 };
    spans *hosts = &logs;
    bool nameless = false;

    collect_hosts(timeline, event_stream, false, &logs);
    collect_hosts(timeline, event_stream, true, &events);
    if (logs.n == 0) {
        hosts = &events;
    } else if (logs.n > 1 || events.n > 1) {
        for (size_t i = 0; i < events.n; i++) {
            if (find_host(&logs, events.items[i]) == UINT32_MAX) {
                vec_push(&logs, events.items[i]);
            }
        }
    }
    for (size_t i = 0; i < timeline->n; i++) {
        struct event *event = &timeline->events[i];
        uint32_t node =
            span_empty(event->signal->host) ? UINT32_MAX : find_host(hosts, event->signal->host);

        if (node == UINT32_MAX && hosts->n > 1) {
            nameless = true;
            node = (uint32_t)hosts->n;
        }
        event->node = node == UINT32_MAX ? 0 : node;
    }
    if (hosts->n == 0 || nameless) {
        vec_push(hosts, (struct span){ 0 });
    }
    timeline->n_nodes = hosts->n;
    timeline->hosts = ARENA_ARRAY(timeline->arena, struct span, hosts->n);
    memcpy(timeline->hosts, hosts->items, hosts->n * sizeof(*hosts->items));
    vec_free(&logs);
    vec_free(&events);
}

/* --- clocks -------------------------------------------------------------------------------- */

struct range {
    int64_t first, last;
    bool known;
};

static void range_add(struct range *range, int64_t time_us)
{
    if (!range->known || time_us < range->first) {
        range->first = time_us;
    }
    if (!range->known || time_us > range->last) {
        range->last = time_us;
    }
    range->known = true;
}

static int64_t in_year(int64_t time_us, int year)
{
    struct civil civil = civil_from_us(time_us);

    civil.year = year;
    if (civil.month == 2 && civil.day == 29 && !civil_valid(&civil)) {
        civil.day = 28;
    }
    return civil_to_us(&civil);
}

/* The year in which a stamp without one lies nearest to stamps of the same node that have one. */
static int64_t nearest_year(int64_t time_us, struct range range)
{
    int year = civil_from_us(range.last).year;
    int64_t best = in_year(time_us, year);

    for (int other = year - 1; other <= year + 1; other += 2) {
        int64_t candidate = in_year(time_us, other);
        int64_t centre = range.first + (range.last - range.first) / 2;

        if (llabs(candidate - centre) < llabs(best - centre)) {
            best = candidate;
        }
    }
    return best;
}

/* What one boot tells of when it began: wall clock less monotonic clock, the same for all its
 * events unless the wall clock jumped. */
struct boot {
    uint32_t node;
    struct span id;   /* empty: the log does not say */
    int64_t began_us; /* by the event that was last on the monotonic clock */
    int64_t last_monotonic_us;
    struct range began;
};

/* What the nodes tell of their clocks. */
struct clocks {
    struct range *known; /* of each node, stamps with a year */
    VEC(struct boot) boots;
};

static struct boot *find_boot(struct clocks *clocks, const struct event *event)
{
    for (size_t i = clocks->boots.n; i > 0; i--) {
        struct boot *boot = &clocks->boots.items[i - 1];

        if (boot->node == event->node && span_equal(boot->id, event->signal->boot)) {
            return boot;
        }
    }
    return NULL;
}

static void read_clock(struct clocks *clocks, const struct event *event)
{
    const struct moment *when = &event->seen->when;
    struct boot *boot;

    if (when->time_us == TIME_UNKNOWN) {
        return;
    }
    if (when->year_known) {
        range_add(&clocks->known[event->node], when->time_us);
    }
    if (when->monotonic_us == TIME_UNKNOWN) {
        return;
    }
    boot = find_boot(clocks, event);
    if (!boot) {
        boot = vec_add(&clocks->boots);
        *boot = (struct boot){ .node = event->node,
                               .id = event->signal->boot,
                               .last_monotonic_us = INT64_MIN };
    }
    range_add(&boot->began, when->time_us - when->monotonic_us);
    if (when->monotonic_us >= boot->last_monotonic_us) {
        boot->last_monotonic_us = when->monotonic_us;
        boot->began_us = when->time_us - when->monotonic_us;
    }
}

static bool jumped(const struct boot *boot)
{
    return boot->began.last - boot->began.first > JUMP_US;
}

/* The boot whose clock the event counts on. Without an id, and with one boot of one clock on the
 * node, that one. */
static const struct boot *boot_of(struct clocks *clocks, const struct event *event)
{
    const struct boot *boot = find_boot(clocks, event), *only = NULL;

    if (boot && (!span_empty(boot->id) || !jumped(boot))) {
        return boot;
    }
    for (size_t i = 0; !boot && i < clocks->boots.n; i++) {
        if (clocks->boots.items[i].node != event->node) {
            continue;
        }
        if (only) {
            return NULL;
        }
        only = &clocks->boots.items[i];
    }
    return only && !jumped(only) ? only : NULL;
}

/* Inside a boot only the monotonic clock tells the order: the wall clock may be set at any time. */
static void set_time(struct event *event, struct clocks *clocks)
{
    const struct moment *when = &event->seen->when;
    const struct range *known = &clocks->known[event->node];
    const struct boot *boot = when->monotonic_us == TIME_UNKNOWN ? NULL : boot_of(clocks, event);

    event->monotonic_us = when->monotonic_us;
    event->time_us = when->time_us;
    if (boot && (when->time_us == TIME_UNKNOWN || !span_empty(boot->id))) {
        event->time_us = boot->began_us + when->monotonic_us;
    }
    if (event->time_us != TIME_UNKNOWN && !when->year_known && known->known) {
        event->time_us = nearest_year(event->time_us, *known);
    }
}

static void note_jumps(const struct timeline *timeline, const struct clocks *clocks,
                       struct notes *notes)
{
    for (size_t i = 0; i < clocks->boots.n; i++) {
        const struct boot *boot = &clocks->boots.items[i];

        if (!span_empty(boot->id) && jumped(boot)) {
            notes_add(notes, NOTE_CLOCK_JUMP, timeline->hosts[boot->node], /* line= */ 0,
                      "the clock was set by %lld s during a boot; what came first is told by the "
                      "clock of the boot",
                      (long long)((boot->began.last - boot->began.first) / USEC_PER_SEC));
        }
    }
}

static void assign_times(struct timeline *timeline, struct notes *notes)
{
    struct clocks clocks = { .known =
                                 ARENA_ARRAY(timeline->arena, struct range, timeline->n_nodes) };

    for (size_t i = 0; i < timeline->n; i++) {
        read_clock(&clocks, &timeline->events[i]);
    }
    for (size_t i = 0; i < timeline->n; i++) {
        set_time(&timeline->events[i], &clocks);
    }
    note_jumps(timeline, &clocks, notes);
    vec_free(&clocks.boots);
}

/* --- order --------------------------------------------------------------------------------- */

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
        int64_t sequence = (int64_t)event->seen->sequence;

        if (event->seen->input != input) {
            input = event->seen->input;
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
        r = compare_int64(one->seen->input, other->seen->input);
    }
    return r ? r : compare_int64(one->order, other->order);
}

/* A log whose clock goes back by a moment is believed in the order of its lines: two writers were
 * out of step, or the clock was adjusted. */
static void forgive_disorder(struct timeline *timeline)
{
    const struct event *before = NULL;

    qsort(timeline->events, timeline->n, sizeof(*timeline->events), by_place);
    for (size_t i = 0; i < timeline->n; i++) {
        struct event *event = &timeline->events[i];
        int64_t back;

        if (event->time_us == TIME_UNKNOWN) {
            continue;
        }
        if (before && before->node == event->node && before->seen->input == event->seen->input) {
            back = before->time_us - event->time_us;
            if (back > 0 && back <= DISORDER_US) {
                event->time_us = before->time_us;
            }
        }
        before = event;
    }
}

/* Events on the node's clock come first; those that only count from the boot, and those without any
 * time, follow in orders of their own. */
static int clock_rank(const struct event *event)
{
    return event->time_us != TIME_UNKNOWN ? 0 : event->monotonic_us != TIME_UNKNOWN ? 1 : 2;
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
        r = compare_int64(one->time_us, other->time_us);
    }
    if (r == 0 && rank <= 1) {
        r = compare_int64(one->monotonic_us, other->monotonic_us);
    }
    if (r == 0) {
        r = compare_int64(one->seen->input, other->seen->input);
    }
    if (r == 0) {
        r = compare_int64(one->order, other->order);
    }
    if (r == 0) {
        r = compare_int64(one->rule, other->rule);
    }
    return r ? r : compare_int64(one->index, other->index);
}

void timeline_init(struct timeline *timeline, const struct rules *rules, const struct store *store,
                   struct notes *notes)
{
    size_t n = store_n_occurrences(store);

    *timeline = (struct timeline){ .arena = arena_new(), .n = n };
    timeline->events = ARENA_ARRAY(timeline->arena, struct event, n);
    timeline->kept = ARENA_ARRAY(timeline->arena, uint64_t, store_n_groups(store));
    for (size_t i = 0; i < n; i++) {
        const struct occurrence *seen = store_occurrence(store, i);
        const struct signal *signal = store_group(store, seen->group)->signal;

        timeline->kept[seen->group]++;
        timeline->events[i] = (struct event){
            .seen = seen,
            .signal = seen->whole ? seen->whole : signal,
            .group = seen->group,
            .rule = signal->rule,
            .index = signal->signal,
            .unit =
                signal->life_streams ? (uint32_t)__builtin_ctzll(signal->life_streams) : NO_UNIT,
            .life = NO_LIFE,
        };
    }
    assign_nodes(timeline, &rules->streams);
    assign_times(timeline, notes);
    assign_order(timeline, store);
    forgive_disorder(timeline);
    qsort(timeline->events, n, sizeof(*timeline->events), by_happening);
    timeline_find_lives(timeline, rules, notes);
}

void timeline_done(struct timeline *timeline)
{
    arena_free(timeline->arena);
    *timeline = (struct timeline){ 0 };
}

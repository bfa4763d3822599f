/* What was logged on each node, on the clock of its events. */

#include "timeline/observed.h"

#include "base/vec.h"
#include "base/year_nearest.h"
#include "timeline/hosts.h"

#include <stdlib.h>

/* The moments of one source on a node's clock. */
struct track {
    uint32_t node, input;
    struct span boot;
    uint64_t streams;
    int64_t since_start_us; /* time since the boot at its first moment; TIME_UNKNOWN */
    bool on_clock;          /* `times` are on the node's clock, else since the boot */
    int64_t *times;
    size_t n;
};

struct observed {
    VEC(struct track) tracks;
    struct arena *arena; /* of times and boots */
};

typedef VEC(int64_t) times;

static int compare_times(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static void sort_times(int64_t *items, size_t n)
{
    if (n > 1) {
        qsort(items, n, sizeof(*items), compare_times);
    }
}

/* --- from sources to tracks --- */

/* The node of a host, as timeline/hosts.h counts them. UINT32_MAX: it has no event. */
static uint32_t node_of(const struct timeline *timeline, struct span host)
{
    if (span_empty(host) && timeline->n_nodes == 1) {
        return 0;
    }
    host = node_names_find(timeline->names, host);
    for (uint32_t i = 0; i < timeline->n_nodes; i++) {
        struct span other = timeline->hosts[i];

        if (span_empty(host) ? span_empty(other)
                             : !span_empty(other) && hosts_are_same(host, other)) {
            return i;
        }
    }
    /* Nothing that was found names a host. */
    return timeline->n_nodes == 1 && span_empty(timeline->hosts[0]) ? 0 : UINT32_MAX;
}

/* How well an event says which time of the node a moment of the source is; 0: not at all. */
static int fits(const struct event *event, const struct activity_source *source, uint32_t node)
{
    const struct moment *when = &event->seen->when;
    bool same_input = event->seen->input == source->input;

    if (event->node != node || event->time_us == TIME_UNKNOWN) {
        return 0;
    }
    if (!span_empty(source->boot) && span_equal(event->signal->boot, source->boot) &&
        when->monotonic_us != TIME_UNKNOWN && source->moments[0].monotonic_us != TIME_UNKNOWN) {
        return 4;
    }
    if (when->time_us == TIME_UNKNOWN || source->moments[0].time_us == TIME_UNKNOWN) {
        return same_input && when->monotonic_us != TIME_UNKNOWN ? 2 : 0;
    }
    return same_input ? 3 : when->year_known == source->year_known ? 1 : 0;
}

static const struct event *find_anchor(const struct timeline *timeline,
                                       const struct activity_source *source, uint32_t node,
                                       int *ret_fit)
{
    const struct event *best = NULL;

    *ret_fit = 0;
    for (size_t i = 0; i < timeline->n && *ret_fit < 4; i++) {
        int fit = fits(&timeline->events[i], source, node);

        if (fit > *ret_fit) {
            *ret_fit = fit;
            best = &timeline->events[i];
        }
    }
    return best;
}

static int64_t on_clock(struct activity_moment moment, const struct event *anchor, bool by_boot)
{
    const struct moment *when = &anchor->seen->when;
    int64_t time_us = by_boot ? moment.monotonic_us : moment.time_us;
    int64_t base_us = by_boot ? when->monotonic_us : when->time_us;

    return time_us == TIME_UNKNOWN ? TIME_UNKNOWN : anchor->time_us + (time_us - base_us);
}

/* By how much the year is wrong that was guessed for the source: the anchor is of another input, which
 * may know it. */
static int64_t find_year_shift(const struct activity_source *source, const struct event *anchor)
{
    int64_t first = on_clock(source->moments[0], anchor, /* by_boot= */ false);

    if (first == TIME_UNKNOWN || !source->year_guessed || anchor->seen->input == source->input) {
        return 0;
    }
    return year_nearest(first, anchor->time_us, anchor->time_us) - first;
}

static void add_source(struct observed *observed, const struct timeline *timeline,
                       const struct activity_source *source)
{
    uint32_t node = node_of(timeline, source->host);
    struct track track = {
        .node = node,
        .input = source->input,
        .boot = arena_copy(observed->arena, source->boot),
        .streams = source->streams,
        .since_start_us = source->moments[0].monotonic_us,
        .times = ARENA_ARRAY(observed->arena, int64_t, source->n),
    };
    const struct event *anchor;
    int64_t shift = 0;
    int fit;

    if (node == UINT32_MAX) {
        return;
    }
    anchor = find_anchor(timeline, source, node, &fit);
    track.on_clock = anchor || source->year_known;
    if (anchor && fit % 2 == 1) {
        shift = find_year_shift(source, anchor);
    }
    for (size_t i = 0; i < source->n; i++) {
        int64_t time_us = anchor               ? on_clock(source->moments[i], anchor, fit % 2 == 0)
                          : source->year_known ? source->moments[i].time_us
                                               : source->moments[i].monotonic_us;

        if (time_us != TIME_UNKNOWN) {
            track.times[track.n++] = time_us + shift;
        }
    }
    sort_times(track.times, track.n);
    if (track.n) {
        vec_push(&observed->tracks, track);
    }
}

struct observed *observed_new(const struct activity *activity, const struct timeline *timeline)
{
    struct observed *observed = ALLOC(struct observed);

    observed->arena = arena_new();
    for (size_t i = 0; activity && i < activity_n_sources(activity); i++) {
        struct activity_source source = activity_source(activity, i);

        add_source(observed, timeline, &source);
    }
    return observed;
}

void observed_free(struct observed *observed)
{
    if (observed) {
        vec_free(&observed->tracks);
        arena_free(observed->arena);
        free(observed);
    }
}

/* --- questions --- */

/* Is the track one of the event's node and boot? */
static bool is_of_node(const struct track *track, const struct event *event)
{
    struct span boot = event->signal->boot;

    return track->node == event->node && track->on_clock == (event->time_us != TIME_UNKNOWN) &&
           (span_empty(track->boot) || span_empty(boot) || span_equal(track->boot, boot));
}

static bool is_one_stream(uint64_t streams)
{
    return streams && (streams & (streams - 1)) == 0;
}

/* Does the component of the event also log to this track? */
static bool is_of(const struct track *track, const struct event *event)
{
    uint64_t streams = event->signal->streams;

    if (!is_of_node(track, event)) {
        return false;
    }
    if (track->input == event->seen->input) {
        return track->streams == streams || (track->streams & streams);
    }
    return is_one_stream(track->streams) && track->streams == streams;
}

/* Is it the track of one of these streams? */
static bool is_of_streams(const struct track *track, const struct event *event, uint64_t streams)
{
    return is_of_node(track, event) && is_one_stream(track->streams) && (track->streams & streams);
}

/* The moments of the event's component, or of the one of these streams, in order. */
static times times_of(const struct observed *observed, const struct event *event, uint64_t streams)
{
    bool other = (event->signal->streams & streams) == 0;
    times all = { 0 };

    for (size_t i = 0; i < observed->tracks.n; i++) {
        const struct track *track = &observed->tracks.items[i];

        if (other ? is_of_streams(track, event, streams) : is_of(track, event)) {
            for (size_t k = 0; k < track->n; k++) {
                vec_push(&all, track->times[k]);
            }
        }
    }
    if (!other && event_clock(event) != TIME_UNKNOWN) {
        vec_push(&all, event_clock(event)); /* it may not be in the sample */
    }
    sort_times(all.items, all.n);
    return all;
}

bool observed_range(const struct observed *observed, const struct event *event, int64_t *ret_first,
                    int64_t *ret_last)
{
    bool found = false;

    for (size_t i = 0; i < observed->tracks.n; i++) {
        const struct track *track = &observed->tracks.items[i];

        if (!is_of(track, event)) {
            continue;
        }
        if (!found || track->times[0] < *ret_first) {
            *ret_first = track->times[0];
        }
        if (!found || track->times[track->n - 1] > *ret_last) {
            *ret_last = track->times[track->n - 1];
        }
        found = true;
    }
    return found;
}

bool observed_covers(const struct observed *observed, const struct event *event, uint64_t streams,
                     int64_t from_us, int64_t to_us, int64_t max_gap_us)
{
    times all = times_of(observed, event, streams);
    bool begun = false, covered = false;
    int64_t last_us = 0;

    for (size_t i = 0; i < all.n && !covered; i++) {
        int64_t time_us = all.items[i];

        if (begun && time_us > from_us && time_us - last_us > max_gap_us) {
            break;
        }
        begun |= time_us <= from_us;
        last_us = time_us;
        covered = begun && time_us >= to_us;
    }
    vec_free(&all);
    return covered;
}

int64_t observed_longest(const struct observed *observed, const struct event *event,
                         int64_t from_us, int64_t max_gap_us, size_t *ret_moments)
{
    times all = times_of(observed, event, event->signal->streams);
    int64_t longest = 0;
    size_t first = 0;

    *ret_moments = 0;
    for (size_t i = 0; i < all.n; i++) {
        if (all.items[i] < from_us || i == first || all.items[i - 1] < from_us ||
            all.items[i] - all.items[i - 1] > max_gap_us) {
            first = i;
        }
        if (all.items[i] - all.items[first] > longest) {
            longest = all.items[i] - all.items[first];
            *ret_moments = i - first + 1;
        }
    }
    vec_free(&all);
    return longest;
}

static void widen(struct observed_boot *boot, const struct track *track)
{
    int64_t first_us = track->times[0], last_us = track->times[track->n - 1];

    boot->first_us = first_us < boot->first_us ? first_us : boot->first_us;
    boot->last_us = last_us > boot->last_us ? last_us : boot->last_us;
    boot->n_moments += track->n;
    boot->streams |= track->streams;
    if (track->since_start_us != TIME_UNKNOWN &&
        (boot->since_start_us == TIME_UNKNOWN || track->since_start_us < boot->since_start_us)) {
        boot->since_start_us = track->since_start_us;
    }
}

static const struct track *find_last_track(const struct observed *observed, uint32_t node)
{
    const struct track *last = NULL;

    for (size_t i = 0; i < observed->tracks.n; i++) {
        const struct track *track = &observed->tracks.items[i];

        if (track->node == node && track->on_clock &&
            (!last || track->times[track->n - 1] > last->times[last->n - 1])) {
            last = track;
        }
    }
    return last;
}

bool observed_last_boot(const struct observed *observed, uint32_t node, struct observed_boot *ret)
{
    const struct track *last = find_last_track(observed, node);
    struct observed_boot boot;

    if (!last) {
        return false;
    }
    boot = (struct observed_boot){ .boot = last->boot,
                                   .first_us = last->times[0],
                                   .last_us = last->times[last->n - 1],
                                   .since_start_us = TIME_UNKNOWN };
    for (size_t i = 0; i < observed->tracks.n; i++) {
        const struct track *track = &observed->tracks.items[i];

        if (track->node == node && track->on_clock && span_equal(track->boot, last->boot)) {
            widen(&boot, track);
        }
    }
    *ret = boot;
    return true;
}

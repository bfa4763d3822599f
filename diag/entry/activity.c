/* When each component logged anything. */

#include "entry/activity.h"

#include "base/arena.h"
#include "base/arithmetic.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"

enum {
    SOURCES_MAX = 512,
    MOMENTS_MAX = 2048, /* of one source */
};

/* Two moments so near are as good as one. */
static const int64_t NEAR_US = USEC_PER_SEC;
static const int64_t COARSEST_US = 24 * USEC_PER_HOUR;

struct source {
    struct activity_source is; /* its moments are set when it is asked for */
    VEC(struct activity_moment) moments;
    int64_t near_us; /* grows when there is no more room */
};

struct activity {
    VEC(struct source) sources;
    struct map *by_name; /* index + 1 */
    struct arena *arena; /* of hosts and boots */
    uint64_t n_entries;  /* ever added */
};

struct activity *activity_new(void)
{
    struct activity *activity = ALLOC(struct activity);

    activity->by_name = map_new();
    activity->arena = arena_new();
    return activity;
}

void activity_free(struct activity *activity)
{
    if (!activity) {
        return;
    }
    for (size_t i = 0; i < activity->sources.n; i++) {
        vec_free(&activity->sources.items[i].moments);
    }
    vec_free(&activity->sources);
    map_free(activity->by_name);
    arena_free(activity->arena);
    free(activity);
}

/* NULL: there is no room for another source. */
static struct source *find_source(struct activity *activity, const struct entry *entry)
{
    CLEANUP(buf_done_at) struct buf name = { 0 };
    bool klog = entry->klog.severity != 0;
    void **place;

    buf_add_number(&name, entry->origin.input);
    buf_add_byte(&name, ' ');
    buf_add_number(&name, entry->streams);
    buf_add_byte(&name, klog ? 'k' : ' ');
    buf_add_byte(&name, entry->when.year_known ? 'y' : ' ');
    buf_add(&name, entry->boot);
    buf_add_byte(&name, ' ');
    buf_add(&name, entry->host);
    if (activity->sources.n >= SOURCES_MAX && !map_find(activity->by_name, buf_span(&name))) {
        return NULL;
    }
    place = map_at(activity->by_name, buf_span(&name));
    if (!*place) {
        struct source source = {
            .is = { .input = entry->origin.input,
                    .host = arena_copy(activity->arena, entry->host),
                    .boot = arena_copy(activity->arena, entry->boot),
                    .streams = entry->streams,
                    .klog = klog,
                    .year_known = entry->when.year_known,
                    .year_guessed = entry->when.year_guessed },
            .near_us = NEAR_US,
        };

        vec_push(&activity->sources, source);
        *place = (void *)(uintptr_t)activity->sources.n;
    }
    return &activity->sources.items[(uintptr_t)*place - 1];
}

/* Is what lies between `a` and `b` too short to keep a moment there? */
static bool are_near(struct activity_moment a, struct activity_moment b, int64_t near_us)
{
    if (a.time_us != TIME_UNKNOWN && b.time_us != TIME_UNKNOWN) {
        return llabs(b.time_us - a.time_us) <= near_us;
    }
    return a.monotonic_us != TIME_UNKNOWN && b.monotonic_us != TIME_UNKNOWN &&
           llabs(b.monotonic_us - a.monotonic_us) <= near_us;
}

/* Adds the moment after the others. The one before it goes when its own neighbours are near each
 * other, so that no gap longer than `near_us` arises that was not in the log. */
static void append(struct source *source, struct activity_moment moment)
{
    struct activity_moment *items = source->moments.items;
    size_t n = source->moments.n;

    if (n >= 2 && are_near(items[n - 2], moment, source->near_us)) {
        items[n - 1] = moment;
    } else {
        vec_push(&source->moments, moment);
    }
}

static void forget_older(struct source *source)
{
    size_t forgotten = source->moments.n / 2;

    source->moments.n -= forgotten;
    memmove(source->moments.items, source->moments.items + forgotten,
            source->moments.n * sizeof(*source->moments.items));
}

/* Makes room by a coarser grain. */
static void thin(struct source *source)
{
    while (source->moments.n > MOMENTS_MAX / 2) {
        size_t n = source->moments.n;

        if (source->near_us > COARSEST_US) {
            forget_older(source);
            return;
        }
        source->near_us *= 2;
        source->moments.n = 0;
        for (size_t i = 0; i < n; i++) {
            append(source, source->moments.items[i]);
        }
    }
}

void activity_add(struct activity *activity, const struct entry *entry)
{
    struct activity_moment moment = { entry->when.time_us, entry->when.monotonic_us };
    struct source *source;

    activity->n_entries++;
    if (moment.time_us == TIME_UNKNOWN && moment.monotonic_us == TIME_UNKNOWN) {
        return;
    }
    source = find_source(activity, entry);
    if (!source) {
        return;
    }
    if (source->moments.n == MOMENTS_MAX) {
        thin(source);
    }
    append(source, moment);
}

void activity_forget_older(struct activity *activity)
{
    for (size_t i = 0; i < activity->sources.n; i++) {
        forget_older(&activity->sources.items[i]);
    }
}

uint64_t activity_n_entries(const struct activity *activity)
{
    return activity->n_entries;
}

size_t activity_n_sources(const struct activity *activity)
{
    return activity->sources.n;
}

struct activity_source activity_source(const struct activity *activity, size_t i)
{
    const struct source *source = &activity->sources.items[i];
    struct activity_source is = source->is;

    is.moments = source->moments.items;
    is.n = source->moments.n;
    return is;
}

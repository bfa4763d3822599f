/* Ranks of inputs, by their contents. */

#include "timeline/sources.h"

#include "base/alloc.h"
#include "signal/group_key.h"

#include <stdlib.h>

struct ranked_input {
    uint32_t input;
    uint64_t own, others; /* events by the process that they are about, and by another one */
    int64_t first_us;     /* its first event */
    uint64_t hash;        /* of all its events, the same in any order */
};

#define BY(x, y)                                                                                   \
    if ((x) != (y))                                                                                \
    return (x) < (y) ? -1 : 1

static int compare(const void *a, const void *b)
{
    const struct ranked_input *x = a, *y = b;

    BY(x->others > x->own, y->others > y->own);
    BY(x->first_us, y->first_us);
    BY(x->hash, y->hash);
    BY(x->input, y->input);
    return 0;
}

static uint64_t hash_event(const struct event *event)
{
    uint64_t hash = group_key_mix(event->rule, event->index);

    hash = group_key_mix(hash, (uint64_t)event->time_us);
    hash = group_key_mix(hash, (uint64_t)event->monotonic_us);
    hash = group_key_mix(hash, (uint64_t)event->seen->pid);
    hash = group_key_mix(hash, event->seen->sequence);
    return group_key_mix(hash, event->seen->message_hash);
}

static void read_event(struct ranked_input *source, const struct event *event)
{
    uint64_t own_unit = event->signal->streams & event->signal->unit_streams;

    source->own += own_unit != 0 || event->unit == NO_UNIT;
    source->others += own_unit == 0 && event->unit != NO_UNIT;
    if (event->time_us != TIME_UNKNOWN && event->time_us < source->first_us) {
        source->first_us = event->time_us;
    }
    source->hash += hash_event(event);
}

void sources_rank(struct event *events, size_t n)
{
    struct ranked_input *sources;
    uint32_t *ranks, n_inputs = 0;

    for (size_t i = 0; i < n; i++) {
        if (events[i].seen->input >= n_inputs) {
            n_inputs = events[i].seen->input + 1;
        }
    }
    sources = alloc_zeroed(n_inputs, sizeof(*sources));
    ranks = alloc_zeroed(n_inputs, sizeof(*ranks));
    for (uint32_t i = 0; i < n_inputs; i++) {
        sources[i] = (struct ranked_input){ .input = i, .first_us = INT64_MAX };
    }
    for (size_t i = 0; i < n; i++) {
        read_event(&sources[events[i].place->input], &events[i]);
    }
    if (n_inputs) {
        qsort(sources, n_inputs, sizeof(*sources), compare);
    }
    for (uint32_t i = 0; i < n_inputs; i++) {
        ranks[sources[i].input] = i;
    }
    for (size_t i = 0; i < n; i++) {
        events[i].source = ranks[events[i].place->input];
    }
    free(ranks);
    free(sources);
}

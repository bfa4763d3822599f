/* Whether what was repeated has ended.
 *
 *   10:00:04 kubelet: ... node "worker-1" not found      every 100 ms
 *   10:00:09 kubelet: ... node "worker-1" not found      the last one
 *   10:00:12 kubelet: Successfully registered node       and entries until 10:40:00
 */

#include "verdict/silence.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <stdlib.h>

enum {
    INTERVALS = 3,    /* so many of them must pass in silence */
    REPEATED = 3,     /* seen less often, its interval is a guess */
    MOMENTS_MIN = 4,  /* a component that continues to log, not an excerpt of a line or two */
    PAUSES_OF_TEN = 9 /* of ten pauses; one long pause does not make an interval */
};

static const int64_t SHORTEST_US = USEC_PER_MINUTE;
static const int64_t SHORTEST_GUESSED_US = 5 * USEC_PER_MINUTE;

/* A component with little to do is quiet for minutes. */
static const int64_t GAP_US = 10 * USEC_PER_MINUTE;

static int by_length(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

struct rhythm silence_rhythm(const struct judging *it, const struct finding *finding)
{
    const uint32_t *events = finding->events;
    int64_t *pauses = alloc_zeroed(finding->n_events, sizeof(*pauses));
    struct rhythm rhythm = { judging_event(it, events[0]), judging_last_event(it, finding),
                             /* times= */ 1, /* interval_us= */ 0 };
    size_t n = 0;

    for (size_t i = 1; i < finding->n_events; i++) {
        if (event_same_record(judging_event(it, events[i - 1]), judging_event(it, events[i]))) {
            continue;
        }
        rhythm.times++;
        if (!event_shares(judging_event(it, events[i - 1]), judging_event(it, events[i]),
                          SAME_RUN)) {
            continue; /* each run may complain at its start: that is not an interval */
        }
        if (event_distance(judging_event(it, events[i - 1]), judging_event(it, events[i]),
                           &pauses[n])) {
            n++;
        }
    }
    if (n) {
        qsort(pauses, n, sizeof(*pauses), by_length);
        rhythm.interval_us = pauses[((n - 1) * PAUSES_OF_TEN + 9) / 10];
    }
    free(pauses);
    return rhythm;
}

static int64_t longer(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

enum tristate silence_has_ended(const struct judging *it, const struct rhythm *rhythm)
{
    int64_t at = event_clock(rhythm->last), first, last;
    int64_t needed = longer(INTERVALS * rhythm->interval_us,
                            rhythm->times < REPEATED ? SHORTEST_GUESSED_US : SHORTEST_US);
    size_t moments;

    if (rhythm->times < 2 || at == TIME_UNKNOWN ||
        !observed_range(it->question->observed, rhythm->last, &first, &last)) {
        return IS_UNKNOWN;
    }
    if (last - at < needed) {
        return last - at <= INTERVALS * rhythm->interval_us ? IS_FALSE : IS_UNKNOWN;
    }
    if (observed_longest(it->question->observed, rhythm->last, at,
                         longer(GAP_US, rhythm->interval_us), &moments) >= needed &&
        moments >= MOMENTS_MIN) {
        return IS_TRUE;
    }
    return IS_UNKNOWN;
}

const char *silence_sentence(const struct judging *it, const struct rhythm *rhythm)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    int64_t first, last, from = event_clock(rhythm->first), at = event_clock(rhythm->last);

    if (from == TIME_UNKNOWN || at == TIME_UNKNOWN ||
        !observed_range(it->question->observed, rhythm->last, &first, &last) || last <= at) {
        return NULL;
    }
    buf_add(&text, SPAN("not seen for the last "));
    calendar_add_duration(&text, last - at);
    buf_add(&text, SPAN(" of "));
    calendar_add_duration(&text, last - (first < from ? first : from));
    return arena_string(it->report->arena, buf_span(&text));
}

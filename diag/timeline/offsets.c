/* The offset between inputs in local time and in UTC.
 *
 *   2024-06-02T08:00:01.000000+00:00 node01 kubelet[7]: Failed to start
 *   Jun 02 10:00:01 node01 kubelet[7]: Failed to start
 */

#include "timeline/offsets.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"

#include <stdint.h>
#include <stdlib.h>

enum {
    MESSAGE_MIN = 16 /* bytes; shorter ones are too common */
};

static const int64_t ZONE_STEP_US = 15 * USEC_PER_MINUTE;
static const int64_t ZONE_MAX_US = 14 * 60 * USEC_PER_MINUTE;

/* The entry with some text that each kind of input has; its index plus 1, or SEVERAL. */
struct pair {
    size_t with_zone, without;
};

#define SEVERAL SIZE_MAX

struct pairs {
    struct map *by_text;
    VEC(struct pair) items;
};

/* What the pairs of an input prove. */
struct offset {
    uint32_t input;
    int64_t by_us;
    bool contradicted;
};

typedef VEC(struct offset) offsets;

static bool can_prove(const struct event *event)
{
    return event->seen->whole && event->time_us != TIME_UNKNOWN && event->seen->pid >= 0 &&
           event->seen->whole->message.size >= MESSAGE_MIN;
}

static void add_to_pair(struct pairs *pairs, const struct event *event, size_t index,
                        struct buf *text)
{
    struct pair *pair;
    void **place;
    size_t *side;

    buf_clear(text);
    buf_add_number(text, event->node);
    buf_add_number(text, event->rule);
    buf_add_number(text, event->index);
    buf_add_number(text, (uint64_t)event->seen->pid);
    buf_add(text, event->seen->whole->message);
    place = map_at(pairs->by_text, buf_span(text));
    if (!*place) {
        vec_push(&pairs->items, (struct pair){ 0 });
        *place = (void *)(uintptr_t)pairs->items.n;
    }
    pair = &pairs->items.items[(uintptr_t)*place - 1];
    side = event->seen->when.zone_known ? &pair->with_zone : &pair->without;
    *side = *side ? SEVERAL : index + 1;
}

/* The nearest offset that a zone can have. False if the times differ by anything else. */
static bool zone_between(int64_t with_zone_us, int64_t without_us, int64_t *ret_us)
{
    int64_t by_us = with_zone_us - without_us;
    int64_t half_us = by_us < 0 ? -ZONE_STEP_US / 2 : ZONE_STEP_US / 2;

    *ret_us = (by_us + half_us) / ZONE_STEP_US * ZONE_STEP_US;
    return llabs(by_us - *ret_us) <= DISORDER_US && llabs(*ret_us) <= ZONE_MAX_US;
}

static struct offset *find_offset(const offsets *all, uint32_t input)
{
    for (size_t i = 0; i < all->n; i++) {
        if (all->items[i].input == input) {
            return &all->items[i];
        }
    }
    return NULL;
}

static void note_pair(const struct event *events, const struct pair *pair, offsets *all)
{
    const struct event *with_zone, *without;
    struct offset *found;
    int64_t by_us;

    if (pair->with_zone == 0 || pair->without == 0 || pair->with_zone == SEVERAL ||
        pair->without == SEVERAL) {
        return;
    }
    with_zone = &events[pair->with_zone - 1];
    without = &events[pair->without - 1];
    if (!zone_between(with_zone->time_us, without->time_us, &by_us)) {
        return;
    }
    found = find_offset(all, without->seen->input);
    if (found) {
        found->contradicted = found->contradicted || found->by_us != by_us;
    } else {
        vec_push(all, (struct offset){ .input = without->seen->input, .by_us = by_us });
    }
}

static void move(struct event *events, size_t n, const offsets *all)
{
    for (size_t i = 0; i < n; i++) {
        const struct offset *offset = find_offset(all, events[i].seen->input);

        if (offset && !offset->contradicted && !events[i].seen->when.zone_known &&
            events[i].time_us != TIME_UNKNOWN) {
            events[i].time_us += offset->by_us;
        }
    }
}

/* Are there events with a zone, and others without? */
static bool are_mixed(const struct event *events, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (events[i].seen->when.zone_known != events[0].seen->when.zone_known) {
            return true;
        }
    }
    return false;
}

void offsets_align(struct event *events, size_t n)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct pairs pairs = { 0 };
    offsets all = { 0 };

    if (!are_mixed(events, n)) {
        return;
    }
    pairs.by_text = map_new();
    for (size_t i = 0; i < n; i++) {
        if (can_prove(&events[i])) {
            add_to_pair(&pairs, &events[i], i, &text);
        }
    }
    for (size_t i = 0; i < pairs.items.n; i++) {
        note_pair(events, &pairs.items.items[i], &all);
    }
    if (all.n) {
        move(events, n, &all);
    }
    map_free(pairs.by_text);
    vec_free(&pairs.items);
    vec_free(&all);
}

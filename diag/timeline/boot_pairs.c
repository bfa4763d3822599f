/* When the boot of a kernel log began.
 *
 *   [ 4211.718916] Out of memory: Killed process 23143 (java) ...
 *   Jun 12 10:00:03 node-a kernel: Out of memory: Killed process 23143 (java) ... */

#include "timeline/boot_pairs.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"

#include <stdint.h>
#include <stdlib.h>

/* An entry that is there with a time, and with seconds since the boot: the index plus 1, or SEVERAL. */
struct boot_pair {
    size_t timed, counted;
};

#define SEVERAL SIZE_MAX

struct boot_pairs {
    struct map *by_entry;
    VEC(struct boot_pair) items;
};

/* The boot that an input counts from. */
struct counted_boot {
    uint32_t input, node;
    int64_t began_us;
    bool contradicted;
};

typedef VEC(struct counted_boot) counted_boots;

/* Only since a boot that nothing dates. */
static bool is_counted(const struct event *event)
{
    return event->time_us == TIME_UNKNOWN && event->monotonic_us != TIME_UNKNOWN &&
           span_empty(event->signal->boot);
}

static bool is_timed(const struct event *event)
{
    return event->time_us != TIME_UNKNOWN && event->seen->when.monotonic_us == TIME_UNKNOWN;
}

static void add(struct boot_pairs *pairs, const struct event *event, size_t index, struct buf *key)
{
    struct boot_pair *pair;
    void **place;
    size_t *side;

    buf_clear(key);
    buf_add_number(key, event->node);
    buf_add_number(key, event->rule);
    buf_add_number(key, event->index);
    buf_add_number(key, event->seen->message_hash);
    place = map_at(pairs->by_entry, buf_span(key));
    if (!*place) {
        vec_push(&pairs->items, (struct boot_pair){ 0 });
        *place = (void *)(uintptr_t)pairs->items.n;
    }
    pair = &pairs->items.items[(uintptr_t)*place - 1];
    side = is_counted(event) ? &pair->counted : &pair->timed;
    *side = *side ? SEVERAL : index + 1;
}

static struct counted_boot *find_boot(const counted_boots *all, const struct event *event)
{
    for (size_t i = 0; i < all->n; i++) {
        if (all->items[i].input == event->seen->input && all->items[i].node == event->node) {
            return &all->items[i];
        }
    }
    return NULL;
}

/* May the event have been at this time? */
static bool is_possible(const struct event *event, int64_t time_us)
{
    return event->spread_us == 0 ||
           (time_us >= event->earliest_us && time_us <= event->earliest_us + event->spread_us);
}

static void note_pair(const struct event *timed, const struct event *counted, counted_boots *all)
{
    int64_t began_us = timed->time_us - counted->monotonic_us;
    struct counted_boot *boot = find_boot(all, counted);

    if (!is_possible(counted, timed->time_us)) {
        return;
    }
    if (!boot) {
        vec_push(all, (struct counted_boot){ .input = counted->seen->input,
                                             .node = counted->node,
                                             .began_us = began_us });
    } else if (llabs(boot->began_us - began_us) > DISORDER_US) {
        boot->contradicted = true;
    }
}

static bool is_pair(const struct boot_pair *pair)
{
    return pair->timed && pair->counted && pair->timed != SEVERAL && pair->counted != SEVERAL;
}

static void set_time(struct event *event, const counted_boots *all)
{
    const struct counted_boot *boot = find_boot(all, event);

    if (boot && !boot->contradicted) {
        event->time_us = boot->began_us + event->monotonic_us;
    }
}

/* The two entries of a pair are one: they have the same time. */
static void apply(struct event *events, size_t n, const struct boot_pairs *pairs,
                  const counted_boots *all)
{
    for (size_t i = 0; i < n; i++) {
        if (is_counted(&events[i])) {
            set_time(&events[i], all);
        }
    }
    for (size_t i = 0; i < pairs->items.n; i++) {
        const struct boot_pair *pair = &pairs->items.items[i];

        if (is_pair(pair) && events[pair->counted - 1].time_us != TIME_UNKNOWN) {
            events[pair->counted - 1].time_us = events[pair->timed - 1].time_us;
        }
    }
}

static bool has_counted(const struct event *events, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (is_counted(&events[i])) {
            return true;
        }
    }
    return false;
}

void boot_pairs_align(struct event *events, size_t n)
{
    CLEANUP(buf_done_at) struct buf key = { 0 };
    struct boot_pairs pairs = { 0 };
    counted_boots all = { 0 };

    if (!has_counted(events, n)) {
        return;
    }
    pairs.by_entry = map_new();
    for (size_t i = 0; i < n; i++) {
        if (is_counted(&events[i]) || is_timed(&events[i])) {
            add(&pairs, &events[i], i, &key);
        }
    }
    for (size_t i = 0; i < pairs.items.n; i++) {
        const struct boot_pair *pair = &pairs.items.items[i];

        if (is_pair(pair)) {
            note_pair(&events[pair->timed - 1], &events[pair->counted - 1], &all);
        }
    }
    if (all.n) {
        apply(events, n, &pairs, &all);
    }
    map_free(pairs.by_entry);
    vec_free(&pairs.items);
    vec_free(&all);
}

void boot_pairs_note(const struct event *events, size_t n, const struct span *hosts, size_t n_nodes,
                     struct notes *notes)
{
    bool *timed = alloc_zeroed(n_nodes, sizeof(*timed));
    bool *noted = alloc_zeroed(n_nodes, sizeof(*noted));

    for (size_t i = 0; i < n; i++) {
        timed[events[i].node] |= events[i].time_us != TIME_UNKNOWN;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t node = events[i].node;

        if (is_counted(&events[i]) && events[i].spread_us == 0 && timed[node] && !noted[node]) {
            notes_add(notes, NOTE_BOOT_UNKNOWN, hosts[node], /* line= */ 0,
                      "the kernel log counts from a boot of which it is not known when it began: "
                      "what came before or after other logs is not known");
            noted[node] = true;
        }
    }
    free(timed);
    free(noted);
}

/* Which way a log stands. Within one second only klog's own stamps tell:
 *
 *   Jun 02 15:59:24 node01 kubelet[18726]: E0602 15:59:24.360483 18726 kubelet.go:1530] ...
 *   Jun 02 15:59:24 node01 kubelet[18726]: E0602 15:59:24.360421 18726 watcher.go:152] ...
 */

#include "entry/direction.h"

enum {
    RECORDS_MAX = 256
};

struct vote {
    int64_t time_us;
    char stamp[32]; /* klog's, whose text sorts as its time; empty: none */
    int forward, backward;
};

/* <0, 0, >0 as the entry is before, with or behind the one before it; 0 when nothing tells. */
static int compare(const struct vote *vote, int64_t time_us, const char *stamp)
{
    if (time_us != TIME_UNKNOWN && vote->time_us != TIME_UNKNOWN && time_us != vote->time_us)
        return time_us < vote->time_us ? -1 : 1;
    return stamp[0] && vote->stamp[0] ? strcmp(stamp, vote->stamp) : 0;
}

static void count(struct vote *vote, const struct entry *entry)
{
    struct span stamp = span_head(entry->klog.stamp, sizeof(vote->stamp) - 1);
    char text[sizeof(vote->stamp)] = "";
    int order;

    if (stamp.size)
        memcpy(text, stamp.data, stamp.size);
    order = compare(vote, entry->when.time_us, text);
    vote->forward += order > 0;
    vote->backward += order < 0;
    vote->time_us = entry->when.time_us;
    if (text[0]) /* lines of others may stand between two of klog's */
        memcpy(vote->stamp, text, sizeof(text));
}

bool direction_newest_first(const struct batch *batch)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct vote vote = { .time_us = TIME_UNKNOWN };
    position at;

    if (span_empty(batch->bytes))
        return false;
    at = batch->locate(batch->owner, 0);
    for (unsigned i = 0; i < RECORDS_MAX; i++) {
        struct entry entry;

        if (batch->decode(batch->owner, at, arena, &entry) > 0)
            count(&vote, &entry);
        if (batch->step(batch->owner, at, 1, &at) <= 0)
            break;
    }
    return vote.backward > vote.forward;
}

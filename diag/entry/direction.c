/* The order of a log. Within one second only klog's timestamps show it:
 *
 *   Jun 02 15:59:24 node01 kubelet[18726]: E0602 15:59:24.360483 18726 kubelet.go:1530] ...
 *   Jun 02 15:59:24 node01 kubelet[18726]: E0602 15:59:24.360421 18726 watcher.go:152] ...
 */

#include "entry/direction.h"

enum {
    RECORDS_MAX = 256,
    SPEAKERS_MAX = 8
};

/* Each process is compared only with itself: others may log in another time zone. */
struct speaker {
    int64_t pid;
    char stamp[32]; /* timestamp of klog; sorting its text sorts by time */
};

struct vote {
    int64_t time_us;
    struct speaker speakers[SPEAKERS_MAX];
    size_t n_speakers;
    int forward, backward;
};

static struct speaker *find_speaker(struct vote *vote, int64_t pid)
{
    for (size_t i = 0; i < vote->n_speakers; i++) {
        if (vote->speakers[i].pid == pid) {
            return &vote->speakers[i];
        }
    }
    if (vote->n_speakers == SPEAKERS_MAX) {
        return NULL;
    }
    vote->speakers[vote->n_speakers] = (struct speaker){ .pid = pid };
    return &vote->speakers[vote->n_speakers++];
}

/* <0, 0, >0: klog's timestamp is earlier than, equal to or later than the previous one of the same
 * process. */
static int compare_stamps(struct vote *vote, const struct entry *entry)
{
    struct span stamp = span_head(entry->klog.stamp, sizeof(vote->speakers[0].stamp) - 1);
    struct speaker *speaker = stamp.size ? find_speaker(vote, entry->pid) : NULL;
    char text[sizeof(vote->speakers[0].stamp)] = "";
    int order;

    if (!speaker) {
        return 0;
    }
    memcpy(text, stamp.data, stamp.size);
    order = speaker->stamp[0] ? strcmp(text, speaker->stamp) : 0;
    memcpy(speaker->stamp, text, sizeof(text));
    return order;
}

static void count(struct vote *vote, const struct entry *entry)
{
    int order = compare_stamps(vote, entry);
    int64_t time_us = entry->when.time_us;

    if (time_us != TIME_UNKNOWN && vote->time_us != TIME_UNKNOWN && time_us != vote->time_us) {
        order = time_us < vote->time_us ? -1 : 1;
    }
    vote->forward += order > 0;
    vote->backward += order < 0;
    vote->time_us = time_us;
}

bool direction_newest_first(const struct batch *batch)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct vote vote = { .time_us = TIME_UNKNOWN };
    position at;

    if (batch_is_empty(batch)) {
        return false;
    }
    at = batch_at_part(batch, 0, 1);
    for (unsigned i = 0; i < RECORDS_MAX; i++) {
        struct entry entry;

        if (batch_decode(batch, at, arena, &entry) > 0) {
            count(&vote, &entry);
        }
        if (batch_step(batch, at, 1, &at) <= 0) {
            break;
        }
    }
    return vote.backward > vote.forward;
}

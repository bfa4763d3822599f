#ifndef NODECAUSE_ENTRY_ACTIVITY_H
#define NODECAUSE_ENTRY_ACTIVITY_H

#include "base/cleanup.h"
#include "entry/entry.h"

/* When each component logged anything, whatever it was: silence proves something only where it
 * was observed. A sample of the entries is enough (entry/sample.h); memory is bounded: a source
 * with many moments keeps fewer of them, evenly spread, always with its first and its last. */
struct activity;

/* The moments of one source: entries of one input, host, boot and set of streams. */
struct activity_source {
    uint32_t input;
    struct span host, boot;                /* empty: the entries do not say it */
    uint64_t streams;                      /* may be 0: a sender without a stream */
    bool klog;                             /* the entries have klog headers */
    bool year_known, year_guessed;         /* as in struct moment */
    const struct activity_moment *moments; /* in the order of the input; at least one */
    size_t n;
};

/* At least one of both is known. */
struct activity_moment {
    int64_t time_us;      /* TIME_UNKNOWN when the entry has none */
    int64_t monotonic_us; /* since the boot, or TIME_UNKNOWN */
};

struct activity *activity_new(void);
void activity_free(struct activity *activity); /* NULL is fine */
DEFINE_CLEANUP(struct activity, activity_free)

/* Something was logged: the entry, which is copied as far as needed. An entry without any time is
 * passed over, as is one of a new source when there are too many sources. */
void activity_add(struct activity *activity, const struct entry *entry);

/* How many entries were added, with or without a time. */
uint64_t activity_n_entries(const struct activity *activity);

/* For input without end: forgets the older half of the moments. */
void activity_forget_older(struct activity *activity);

/* The sources, in the order of their first entries. Valid until the next change. */
size_t activity_n_sources(const struct activity *activity);
struct activity_source activity_source(const struct activity *activity, size_t i);

#endif

#ifndef NODECAUSE_ENTRY_STREAMS_H
#define NODECAUSE_ENTRY_STREAMS_H

#include "entry/entry.h"

/* Which log speaks: names of units, identifiers and transports mapped to streams, from
 * rules/streams.yaml (rule/streams_load.h reads it; its schema stands in rules/README.md).
 * A set of streams is a bit mask, bit i for the i-th stream. */
enum {
    STREAMS_MAX = 64
};

struct stream {
    const char *name;
    const char *const *units;       /* globs, NULL-terminated, as are the others */
    const char *const *identifiers; /* globs */
    const char *const *transports;  /* exact */
    const char *const
        *klog_wrappers; /* identifiers whose lines count when they carry a klog header:
                         * a container runtime or a shell that passes the text on */
    bool anonymous;     /* a line that names no sender at all may belong to it */
};

struct streams {
    const struct stream *items;
    size_t n;
};

/* Index of the stream, or -1. */
int streams_find(const struct streams *streams, struct span name);

/* The set an entry may belong to: by transport, else by identifier, else by unit; with no sender at
 * all, every anonymous stream. 0: a sender that no stream knows; no rule will look at it. */
uint64_t streams_of_entry(const struct streams *streams, const struct entry *entry);

/* The set whose `units` hold this unit name; 0 when none does. */
uint64_t streams_of_unit(const struct streams *streams, struct span unit);

#endif

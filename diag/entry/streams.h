#ifndef NODECAUSE_ENTRY_STREAMS_H
#define NODECAUSE_ENTRY_STREAMS_H

#include "entry/entry.h"

/* Streams: unit names, identifiers and transports mapped to the component that logs, from
 * rules/streams.yaml (read by rule/streams_load.h; documented in rules/README.md). A set of streams
 * is a bit mask, with bit i for the i-th stream. */
enum {
    STREAMS_MAX = 64
};

struct stream {
    const char *name;
    const char *const *units;       /* globs, NULL-terminated, as are the others */
    const char *const *identifiers; /* globs */
    const char *const *transports;  /* exact */
    const char *const
        *klog_wrappers; /* identifiers whose lines count if they have a klog header: a container
                         * runtime or a shell that forwards the text */
    bool anonymous;     /* a line without any sender can belong to it */
};

struct streams {
    const struct stream *items;
    size_t n;
};

/* Index of the stream, or -1. */
int streams_find(const struct streams *streams, struct span name);

/* The set of streams that an entry can belong to: by transport, else by identifier, else by unit;
 * without any sender, all anonymous streams. 0: a sender without a stream; no rule reads it. */
uint64_t streams_of_entry(const struct streams *streams, const struct entry *entry);

/* The streams whose `units` match this unit name; 0 if there is none. */
uint64_t streams_of_unit(const struct streams *streams, struct span unit);

#endif

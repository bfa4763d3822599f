#ifndef NODECAUSE_ENTRY_STREAMS_H
#define NODECAUSE_ENTRY_STREAMS_H

#include "entry/entry.h"

/* Streams: unit names, identifiers and transports mapped to the component that logs, from
 * rules/streams.yaml (read by rule/streams_load.h; documented in rules/README.md). A set of streams
 * is a bit mask, with bit i for the i-th stream. */
enum {
    STREAMS_MAX = 64
};

/* How some nodes run a component, a distribution of Kubernetes or a product, and the commands that differ. */
struct variant {
    const char *name;
    const char *const *units;       /* globs: the units in which it runs there */
    const char *const *identifiers; /* globs: its processes there */
    const char *const *hosts;       /* globs: the names of such nodes */
    const char *const *runs;        /* names of the streams that run in the same unit */
    const struct field *texts;      /* what texts of rules can name */
    size_t n_texts;
    bool assumed; /* where nothing shows another */
};

struct stream {
    const char *name;
    const char *const *units;       /* globs, NULL-terminated, as are the others */
    const char *const *identifiers; /* globs */
    const char *const *transports;  /* exact */
    const char *const
        *klog_wrappers; /* identifiers whose lines count if they have a klog header: a container
                         * runtime or a shell that forwards the text */
    const char *const *all_in_one; /* identifiers of processes that contain other components, too */
    const char *const *callers;    /* files in klog's header that only it has */
    const char *const *headings;   /* globs: sections of a collection of logs */
    const char *const *paths;      /* globs of paths of its logs */
    const char *const *words;      /* texts in a message that only it logs */
    bool shared_words;  /* other components log the same texts: they alone do not show who logged */
    bool container_ids; /* the ID of a container, as identifier, is one of its identifiers: Docker's
                         * log driver for the journal */
    bool expected;      /* every node has it: that it does not run is an answer */
    bool anonymous;     /* a line without any sender can belong to it */
    const struct variant *variants;
    size_t n_variants;
};

struct streams {
    const struct stream *items;
    size_t n;
};

/* Index of the stream, or -1. */
int streams_find(const struct streams *streams, struct span name);

/* What shows the sender of an entry. */
enum sender_kind {
    SENDER_TRANSPORT,
    SENDER_IDENTIFIER,
    SENDER_UNIT,
    SENDER_NONE
};

/* The set of streams of the entry's sender: by transport, else by identifier, else by unit; without
 * any sender, all anonymous streams. 0: a sender without a stream; no rule reads it. `*ret_sender`,
 * unless NULL, is what decided. */
uint64_t streams_of_sender(const struct streams *streams, const struct entry *entry,
                           enum sender_kind *ret_sender);

/* True if one of the texts is, or one of the globs matches, `text`. Lists are NULL-terminated; NULL
 * is empty. */
bool streams_list_has(const char *const *texts, struct span text);
bool streams_list_matches(const char *const *globs, struct span text);

/* Is the identifier the ID of a container: 12 or 64 hexadecimal digits? */
bool streams_is_container_id(struct span identifier);

/* The streams whose `units` match this unit name; 0 if there is none. */
uint64_t streams_of_unit(const struct streams *streams, struct span unit);

#endif

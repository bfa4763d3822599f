#ifndef NODECAUSE_FORMAT_JOINING_H
#define NODECAUSE_FORMAT_JOINING_H

#include "entry/batch.h"

/* Multi-line values whose lines are records of their own, because journald and text logs split at
 * newlines (entry/multiline.h): joins them again. */

enum {
    JOINING_SENDERS = 64
};

struct joining {
    /* Only step() and decode() are used; decode() returns each record on its own. `newest_first`
     * may be set later, once it is known. */
    struct batch records;

    /* For each sender, by PID: up to this position none of its lines starts a value that is still
     * open. So lines that look like a part of one are inspected only once. */
    position unopened[JOINING_SENDERS];

    position asked, answer; /* the record located last, and the one it belongs to */
    struct arena *scratch;  /* for entries that are decoded only to find their position */
};

void joining_init(struct joining *joining, const struct batch *records);
void joining_done(struct joining *joining);

/* The record that the one at `at` belongs to: the one that started the value that it is a line of,
 * else itself. The result is cached for several hits in one long record. */
position joining_locate(struct joining *joining, position at);

/* If the entry of the record at `at` starts a value, appends the other lines to its message. */
void joining_complete(const struct joining *joining, position at, struct arena *arena,
                      struct entry *entry);

#endif

#ifndef NODECAUSE_FORMAT_JOINING_H
#define NODECAUSE_FORMAT_JOINING_H

#include "entry/batch.h"

/* Values of several lines whose lines are records of their own, since journald and text logs are
 * cut at newlines (entry/multiline.h): puts them together again. */

enum {
    JOINING_SENDERS = 64
};

struct joining {
    /* Only step() and decode() are used; decode() gives each record on its own. `newest_first` may
     * be set once it is known. */
    struct batch records;

    /* For each sender, by its PID: up to this position none of its lines opens a value that is
     * still open. So lines that look like a part of one are not looked at again and again. */
    position unopened[JOINING_SENDERS];

    position asked, answer; /* the record that was located last, and the one it belongs to */
    struct arena *scratch;  /* for what is decoded only to find its place */
};

void joining_init(struct joining *joining, const struct batch *records);
void joining_done(struct joining *joining);

/* The record that the one at `at` belongs to: the one that opened the value that it is a line of,
 * else itself. Many hits in one long record cost one look. */
position joining_locate(struct joining *joining, position at);

/* When the entry of the record at `at` opens a value, appends its other lines to the message. */
void joining_complete(const struct joining *joining, position at, struct arena *arena,
                      struct entry *entry);

#endif

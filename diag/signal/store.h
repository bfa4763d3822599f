#ifndef NODECAUSE_SIGNAL_STORE_H
#define NODECAUSE_SIGNAL_STORE_H

#include "entry/notes.h"
#include "signal/group.h"

/* All signals of the input, bounded. Signals of the same rule, signal, host, boot, unit and
 * streams with the same facts and tables are one group: counted, the first and last
 * LIMIT_GROUP_WHOLE kept whole, the rest as occurrences (time, place, pid). First and last are
 * by event time, so that what is kept does not depend on the order of arrival. Beyond
 * LIMIT_OCCURRENCES a sample of the rest is kept, chosen by a hash of time and place, so again
 * the same one in any order. When there are more groups than there is room for (LIMIT_GROUPS,
 * LIMIT_STORE_BYTES), those of the signals with the most groups give way, but never the first and
 * the newest of a signal (signal/quota.h); their signals are counted in `dropped`. */
struct store;

/* One time a group was seen. */
struct occurrence {
    struct moment when;
    uint64_t sequence;
    uint32_t input;
    uint32_t group;
    int64_t pid;
    uint64_t line, offset;
    uint32_t message_hash;      /* equal for equal messages */
    struct span invocation;     /* interned in the store; empty when unknown */
    const struct signal *whole; /* with message and cursor; NULL when only the place was kept */
};

struct store *store_new(void);
void store_free(struct store *store); /* NULL is fine */
DEFINE_CLEANUP(struct store, store_free)

/* Copies the signal with all it borrows. */
void store_add(struct store *store, const struct signal *signal);

/* Records that this input is newest first, which reverses the order of its lines. */
void store_set_newest_first(struct store *store, uint32_t input);
bool store_is_newest_first(const struct store *store, uint32_t input);

/* Groups, in the order of their first arrival. Valid until the next store_add(). */
size_t store_n_groups(const struct store *store);
const struct signal_group *store_group(const struct store *store, size_t i);

/* All occurrences kept, in no order. Valid until the next store_add(). */
size_t store_n_occurrences(const struct store *store);
const struct occurrence *store_occurrence(const struct store *store, size_t i);

/* Signals that are in no group, because there was no room for it; and those of one signal of one
 * rule. */
uint64_t store_dropped(const struct store *store);
uint64_t store_dropped_of(const struct store *store, uint32_t rule, uint32_t signal);

/* Notes those that are not in the notes yet. */
void store_note_dropped(struct store *store, struct notes *notes);

/* For input without end. Is it so full that new groups may soon find no room? */
bool store_is_filling(const struct store *store);

/* Makes room: forgets the half of the groups whose last signal is the oldest. What stays keeps
 * its counts and its order, and is numbered again. */
void store_forget_older(struct store *store);

#endif

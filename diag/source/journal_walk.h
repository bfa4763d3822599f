#ifndef NODECAUSE_SOURCE_JOURNAL_WALK_H
#define NODECAUSE_SOURCE_JOURNAL_WALK_H

#include "base/vec.h"
#include "entry/batch.h"

#include <systemd/sd-journal.h>

/* An entry that can be found again without counting. */
struct journal_mark {
    position at;
    char *cursor; /* owned */
};

/* Moves through the entries of a journal by position, counted from the first entry read. sd-journal
 * can only step, and seek by cursor, so cursors are saved at intervals as marks, from which few
 * steps are needed. */
struct journal_walk {
    sd_journal *journal;            /* borrowed */
    position at;                    /* the current entry; -1: before the first */
    position first;                 /* from which marks are saved */
    VEC(struct journal_mark) marks; /* by position */
};

void journal_walk_done(struct journal_walk *walk);

/* From now on marks are saved; earlier ones are dropped. */
void journal_walk_restart(struct journal_walk *walk, position first);

/* Saves a mark of the current entry if one is due. Call once for each entry, in their order. */
void journal_walk_mark(struct journal_walk *walk);

/* Moves to the entry at that position. 1; 0: not found; negative errno. */
int journal_walk_to(struct journal_walk *walk, position at);

/* For a journal that is being written. Files may have been added or removed, so counting would be
 * wrong: finds the last entry returned by its cursor. The entry after it then has the position
 * `next`; if it was vacuumed, the nearest one has. 0, negative errno. */
int journal_walk_resume(struct journal_walk *walk, const char *cursor, position next);

#endif

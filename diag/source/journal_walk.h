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

/* Moves through the entries of a journal by their positions, which count them from the first that
 * was read. sd-journal only steps, and seeks by cursors, so a cursor is kept every so often: a mark
 * from which the way is short. */
struct journal_walk {
    sd_journal *journal;            /* borrowed */
    position at;                    /* the entry that it is at; -1: before the first */
    position first;                 /* from which marks are kept */
    VEC(struct journal_mark) marks; /* by position */
};

void journal_walk_done(struct journal_walk *walk);

/* From here on marks are kept; those kept before are dropped. */
void journal_walk_restart(struct journal_walk *walk, position first);

/* Keeps a mark of the entry at hand if one is due. Called once for each entry, in their order. */
void journal_walk_mark(struct journal_walk *walk);

/* Goes to the entry of that position. 1; 0: there is none; negative errno. */
int journal_walk_to(struct journal_walk *walk, position at);

/* For a journal that is being written. Files may have come and gone, so counting would lead astray:
 * finds the last entry handed out again by its cursor. The one after it has the position `next`
 * then; so has the nearest one when that entry was vacuumed. 0, negative errno. */
int journal_walk_resume(struct journal_walk *walk, const char *cursor, position next);

#endif

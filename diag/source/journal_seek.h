#ifndef NODECAUSE_SOURCE_JOURNAL_SEEK_H
#define NODECAUSE_SOURCE_JOURNAL_SEEK_H

#include "source/journal_filter.h"
#include "source/journal_query.h"

/* Moves to the first entry of the query (-S, -U, -n, -c, --after-cursor, -g), among those that the
 * matches of sd-journal select. `filter` has the limits and pattern of the query. 1: found; 0:
 * none; negative errno: -EINVAL for an invalid cursor, or the journal cannot be read. */
int journal_seek_first(sd_journal *journal, const struct journal_query *query,
                       const struct journal_filter *filter);

/* If no entry exists yet, moves to the place before the next one. 0, negative errno. */
int journal_seek_before_first(sd_journal *journal, const struct journal_query *query);

#endif

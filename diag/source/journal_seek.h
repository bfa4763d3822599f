#ifndef NODECAUSE_SOURCE_JOURNAL_SEEK_H
#define NODECAUSE_SOURCE_JOURNAL_SEEK_H

#include "source/journal_filter.h"
#include "source/journal_query.h"

/* Goes to the first entry that the query asks for (-S, -U, -n, -c, --after-cursor, -g), among those
 * that the matches of sd-journal let through. `filter` holds the query's bounds and pattern. 1: at
 * it; 0: there is none; negative errno: -EINVAL for a bad cursor, or the journal cannot be read. */
int journal_seek_first(sd_journal *journal, const struct journal_query *query,
                       const struct journal_filter *filter);

/* Goes before where the first entry will come, while there is none. 0, negative errno. */
int journal_seek_before_first(sd_journal *journal, const struct journal_query *query);

#endif

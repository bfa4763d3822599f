#ifndef NODECAUSE_SOURCE_JOURNAL_SELECT_H
#define NODECAUSE_SOURCE_JOURNAL_SELECT_H

#include "source/journal_filter.h"
#include "source/journal_open.h"

/* Makes the journal give only the entries that the query asks for, and goes to the first of them.
 * Gaps between the boots of a journal that is read whole are noted. 1: at the first entry. 0, only
 * where the request says to follow: none matches yet, and the next one that does is the first.
 * Negative errno with a sentence: -ENODATA when no entry matches, -EINVAL for a bad match, boot or
 * cursor. */
int journal_select(const struct journal_opened *opened, const struct source_request *request,
                   const struct journal_query *query, const struct journal_filter *filter,
                   struct error *reterr);

#endif

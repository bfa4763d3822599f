#ifndef NODECAUSE_SOURCE_JOURNAL_SELECT_H
#define NODECAUSE_SOURCE_JOURNAL_SELECT_H

#include "source/journal_filter.h"
#include "source/journal_open.h"

/* Restricts the journal to the entries of the query, and moves to the first of them. If the whole
 * journal is read, gaps between its boots are noted. 1: at the first entry. 0, only if the request
 * asks to follow: no entry matches yet, and the next one that does is the first. Negative errno
 * with a message: -ENODATA if no entry matches, -EINVAL for an invalid match, boot or cursor. */
int journal_select(const struct journal_opened *opened, const struct source_request *request,
                   const struct journal_query *query, const struct journal_filter *filter,
                   struct error *reterr);

#endif

#ifndef NODECAUSE_SOURCE_JOURNAL_MATCH_H
#define NODECAUSE_SOURCE_JOURNAL_MATCH_H

#include "base/buf.h"
#include "base/error.h"
#include "source/journal_query.h"

#include <systemd/sd-journal.h>

/* Adds the matches of the query to the journal: of `boot` and `invocation` (NULL: of any), and of
 * what -k, -u, -t, -p and FIELD=VALUE ask for, in the way journalctl(1) expands them. -EINVAL for a
 * bad match, -ENODATA when a glob names no unit of the journal, each with a sentence. */
int journal_match_add(sd_journal *journal, const struct journal_query *query,
                      const sd_id128_t *boot, const sd_id128_t *invocation, struct error *reterr);

/* Appends the query as it was typed: `-u kubelet -b -1`. Nothing when it is the default. */
void journal_match_add_words(struct buf *buf, const struct journal_query *query);

#endif

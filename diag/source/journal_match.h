#ifndef NODECAUSE_SOURCE_JOURNAL_MATCH_H
#define NODECAUSE_SOURCE_JOURNAL_MATCH_H

#include "base/buf.h"
#include "base/error.h"
#include "source/journal_query.h"

#include <systemd/sd-journal.h>

/* Adds the matches of the query to the journal: those of `boot` and `invocation` (NULL: any), and
 * those of -k, -u, -t, -p and FIELD=VALUE, expanded as by journalctl(1). -EINVAL for an invalid
 * match, -ENODATA if a glob matches no unit in the journal, both with a message. */
int journal_match_add(sd_journal *journal, const struct journal_query *query,
                      const sd_id128_t *boot, const sd_id128_t *invocation, struct error *reterr);

/* Appends the query as on the command line: `-u kubelet -b -1`. Nothing if it is the default. */
void journal_match_add_words(struct buf *buf, const struct journal_query *query);

#endif

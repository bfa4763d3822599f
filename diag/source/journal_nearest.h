#ifndef NODECAUSE_SOURCE_JOURNAL_NEAREST_H
#define NODECAUSE_SOURCE_JOURNAL_NEAREST_H

#include "base/buf.h"
#include "source/journal_query.h"

#include <systemd/sd-journal.h>

/* Appends ` (did you mean kubelet.service?)` for each unit (-u) and identifier (-t) of the query that the
 * journal does not have, if it has one with nearly the same name. Changes the journal's position. */
void journal_nearest_add_words(struct buf *out, sd_journal *journal,
                               const struct journal_query *query);

#endif

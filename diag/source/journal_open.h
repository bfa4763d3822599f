#ifndef NODECAUSE_SOURCE_JOURNAL_OPEN_H
#define NODECAUSE_SOURCE_JOURNAL_OPEN_H

#include "base/error.h"
#include "source/journal_candidates.h"
#include "source/journal_query.h"
#include "source/source.h"

#include <systemd/sd-journal.h>

/* An open journal, without matches. */
struct journal_opened {
    sd_journal *journal;
    char *name;                            /* for the user; owned */
    bool live;                             /* this machine's, in the default location */
    uint64_t bytes;                        /* on disk; 0 if live */
    uint64_t n_entries;                    /* according to the files; 0 if live or unknown */
    struct journal_candidates *candidates; /* NULL: any entry; owned */
    int root; /* root directory of a machine, to be closed after the journal; else -1 */
};

void journal_opened_done(struct journal_opened *opened);

/* Opens the journal of the request: the files and directories in its paths, else those of -D,
 * --file, --root or -M in the query, else this machine's. Unreadable files are noted and skipped.
 * -ENOENT, -EACCES, -EBADMSG with a message. */
int journal_open(const struct source_request *request, const struct journal_query *query,
                 struct journal_opened *ret, struct error *reterr);

#endif

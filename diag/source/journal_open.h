#ifndef NODECAUSE_SOURCE_JOURNAL_OPEN_H
#define NODECAUSE_SOURCE_JOURNAL_OPEN_H

#include "base/error.h"
#include "source/journal_query.h"
#include "source/source.h"

#include <systemd/sd-journal.h>

/* A journal that was opened, before any match. */
struct journal_opened {
    sd_journal *journal;
    char *name;         /* as the user knows it; owned */
    bool live;          /* this machine's, where it lies by default */
    uint64_t bytes;     /* on disk; 0 when live */
    uint64_t n_entries; /* that the files say they hold; 0 when live or unknown */
    int root;           /* a machine's root directory, to be closed behind the journal; else -1 */
};

void journal_opened_done(struct journal_opened *opened);

/* Opens the journal that the request names: files and directories by their paths, else what -D,
 * --file, --root or -M of the query say, else this machine's. Files that cannot be read are noted
 * and left out. -ENOENT, -EACCES, -EBADMSG with a sentence. */
int journal_open(const struct source_request *request, const struct journal_query *query,
                 struct journal_opened *ret, struct error *reterr);

#endif

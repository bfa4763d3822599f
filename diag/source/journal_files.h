#ifndef NODECAUSE_SOURCE_JOURNAL_FILES_H
#define NODECAUSE_SOURCE_JOURNAL_FILES_H

#include "base/scratch.h"
#include "source/source.h"

#include <stdbool.h>
#include <systemd/sd-journal.h>

/* Journal files on disk: find them, and open those that can be opened. */
struct journal_files {
    char **items; /* paths, owned */
    size_t n, allocated;
    const struct source_request
        *request;            /* names its paths in notes; NULL: they have no other names */
    bool denied;             /* permission denied for a directory */
    struct scratch *scratch; /* with copies of truncated files; NULL: there are none */
};

/* Also removes the copies: call it after the journal is open. */
void journal_files_done(struct journal_files *files);

void journal_files_add(struct journal_files *files, const char *path);

/* Adds all *.journal and *.journal~ in the directory and its subdirectories (one for each machine,
 * as in journald's layout). A directory that does not exist or cannot be read adds nothing. */
void journal_files_add_directory(struct journal_files *files, const char *path);

/* Opens each file alone, because sd-journal opens a set only as a whole, and removes those that
 * fail, each with a note. If none remains: the errno of the first failure, with a message. */
int journal_files_check(struct journal_files *files, struct notes *notes, struct error *reterr);

/* The number of entries according to the headers of all files, to detect when a damaged file
 * returns fewer: sd-journal skips what it cannot read silently. 0 if it could not be determined: a
 * header cannot be read, or two files are copies of one, whose entries are returned only once. */
uint64_t journal_files_n_entries(const struct journal_files *files);

/* Opens all of them as one journal. */
int journal_files_open(const struct journal_files *files, sd_journal **ret, struct error *reterr);

#endif

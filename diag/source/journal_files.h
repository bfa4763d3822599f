#ifndef NODECAUSE_SOURCE_JOURNAL_FILES_H
#define NODECAUSE_SOURCE_JOURNAL_FILES_H

#include "base/error.h"
#include "base/span.h"
#include "entry/notes.h"

#include <stdbool.h>
#include <systemd/sd-journal.h>

/* Journal files on disk: finding them, and opening those that can be opened. */
struct journal_files {
    char **items; /* paths, owned */
    size_t n, allocated;
    bool denied; /* a directory was not allowed to be looked into */
    struct {
        char **items;
        size_t n, allocated;
    } copies; /* of files that were cut off: paths to be removed once the journal is open */
};

/* Also removes the temporary copies: call it once the journal is open. */
void journal_files_done(struct journal_files *files);

void journal_files_add(struct journal_files *files, const char *path);

/* Adds every *.journal and *.journal~ in the directory and in its own directories (one for each
 * machine, as journald lays them out). A directory that does not exist or cannot be read adds
 * nothing. */
void journal_files_add_directory(struct journal_files *files, const char *path);

/* Tries each file alone, since sd-journal opens a set only as a whole, and removes those that fail,
 * each with a note. When none is left: the errno of the first that failed, with a sentence. */
int journal_files_check(struct journal_files *files, struct notes *notes, struct error *reterr);

/* How many entries the files say they hold, all together, so that it is seen when a damaged one
 * gives fewer: sd-journal passes over what it cannot read without a word. 0 when it cannot be told:
 * a header cannot be read, or two files are copies of one, whose entries come only once. */
uint64_t journal_files_n_entries(const struct journal_files *files);

/* Opens all of them as one journal. */
int journal_files_open(const struct journal_files *files, sd_journal **ret, struct error *reterr);

#endif

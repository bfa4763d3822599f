#ifndef NODECAUSE_SOURCE_JOURNAL_HEADER_H
#define NODECAUSE_SOURCE_JOURNAL_HEADER_H

#include "base/span.h"

#include <stdbool.h>
#include <stdio.h>

/* The few fields of the header of a journal file that sd-journal does not provide.
 * https://systemd.io/JOURNAL_FILE_FORMAT guarantees their position. */
struct journal_header {
    unsigned char file_id[16];
    uint64_t size_bytes; /* minimum size of the file: header and arena */
    uint64_t n_entries;
    bool closed; /* completely written */
};

/* True if these bytes are the start of a journal file. */
bool journal_header_is_magic(struct span head);

/* Parses the start of the file. 0, -EBADMSG if it is not a journal file or too short. */
int journal_header_read(FILE *file, struct journal_header *ret);

#endif

#ifndef NODECAUSE_SOURCE_JOURNAL_HEADER_H
#define NODECAUSE_SOURCE_JOURNAL_HEADER_H

#include "base/span.h"

#include <stdio.h>

/* The few fields that we read of a journal file's header ourselves, since sd-journal does not tell
 * them. https://systemd.io/JOURNAL_FILE_FORMAT says that they stay where they are. */
struct journal_header {
    unsigned char file_id[16];
    uint64_t size_bytes; /* that the file must have: header and arena */
    uint64_t n_entries;
};

/* Do these bytes begin a journal file? */
bool journal_header_is_magic(struct span head);

/* Reads it from the start of the file. 0, -EBADMSG when it is none or too short. */
int journal_header_read(FILE *file, struct journal_header *ret);

#endif

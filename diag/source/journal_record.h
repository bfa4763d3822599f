#ifndef NODECAUSE_SOURCE_JOURNAL_RECORD_H
#define NODECAUSE_SOURCE_JOURNAL_RECORD_H

#include "entry/entry.h"

#include <systemd/sd-journal.h>

/* The current entry of sd_journal. */

enum {
    JOURNAL_FIELD_BYTES = 64 * 1024 /* only the beginning of longer fields is decompressed */
};

/* Its time; unknown if its file is damaged. */
struct moment journal_record_moment(sd_journal *journal);

/* Its MESSAGE, borrowed until sd_journal moves. 0, or a negative errno with *ret empty: -ENOENT if
 * it has none, others if it cannot be read. */
int journal_record_message(sd_journal *journal, struct span *ret);

/* True if it is from the process with that _PID. */
bool journal_record_is_of_process(sd_journal *journal, struct span pid);

/* All its fields, up to LIMIT_RECORD_BYTES, copied into `arena`. `local`: it is of this machine. 0,
 * or the negative errno of the failure; the fields read before it are in *ret. */
int journal_record_read(sd_journal *journal, bool local, struct arena *arena, struct entry *ret);

#endif

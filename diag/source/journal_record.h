#ifndef NODECAUSE_SOURCE_JOURNAL_RECORD_H
#define NODECAUSE_SOURCE_JOURNAL_RECORD_H

#include "entry/entry.h"

#include <systemd/sd-journal.h>

/* The entry that sd_journal is at. */

enum {
    JOURNAL_FIELD_BYTES = 64 * 1024 /* of longer fields only the beginning is unpacked */
};

/* When it was written; unknown when its file is damaged. */
struct moment journal_record_moment(sd_journal *journal);

/* Its MESSAGE, borrowed until sd_journal moves. 0, or a negative errno with *ret empty: -ENOENT
 * when it has none, others when it cannot be read. */
int journal_record_message(sd_journal *journal, struct span *ret);

/* Does it come from the process of that _PID? */
bool journal_record_is_of_process(sd_journal *journal, struct span pid);

/* All its fields, up to LIMIT_RECORD_BYTES, copied into `arena`. `local`: it is of this machine.
 * 0, or the negative errno that ended it: what was read until then is in *ret. */
int journal_record_read(sd_journal *journal, bool local, struct arena *arena, struct entry *ret);

#endif

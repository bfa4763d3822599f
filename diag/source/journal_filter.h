#ifndef NODECAUSE_SOURCE_JOURNAL_FILTER_H
#define NODECAUSE_SOURCE_JOURNAL_FILTER_H

#include "base/pattern.h"
#include "entry/notes.h"

#include <systemd/sd-journal.h>

/* What the matches of sd-journal cannot do: bounds of time, and -g. All of it is about the entry
 * that sd_journal is at. */
struct journal_filter {
    int64_t since_us, until_us; /* UTC; TIME_UNKNOWN: no bound */
    struct pattern *grep;       /* owned; NULL: any MESSAGE */
    struct notes *notes;        /* may be NULL */
};

void journal_filter_done(struct journal_filter *filter);

/* Was the entry written before or after the bounds? False for one whose time is unknown. */
bool journal_filter_is_before(const struct journal_filter *filter, sd_journal *journal);
bool journal_filter_is_after(const struct journal_filter *filter, sd_journal *journal);

/* Does its MESSAGE match -g? An entry without MESSAGE does not. */
bool journal_filter_matches(const struct journal_filter *filter, sd_journal *journal);

#endif

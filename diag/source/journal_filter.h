#ifndef NODECAUSE_SOURCE_JOURNAL_FILTER_H
#define NODECAUSE_SOURCE_JOURNAL_FILTER_H

#include "base/pattern.h"
#include "entry/notes.h"

#include <systemd/sd-journal.h>

/* Filters that sd-journal does not have: time limits, and -g. They are applied to the current entry
 * of sd_journal. */
struct journal_filter {
    int64_t since_us, until_us; /* UTC; TIME_UNKNOWN: no limit */
    struct pattern *grep;       /* owned; NULL: any MESSAGE */
    struct notes *notes;        /* may be NULL */
};

void journal_filter_done(struct journal_filter *filter);

/* True if the entry is before or after the limits. False if its time is unknown. */
bool journal_filter_is_before(const struct journal_filter *filter, sd_journal *journal);
bool journal_filter_is_after(const struct journal_filter *filter, sd_journal *journal);

/* True if its MESSAGE matches -g. An entry without MESSAGE does not. */
bool journal_filter_matches(const struct journal_filter *filter, sd_journal *journal);

#endif

/* Filters that sd-journal does not have: time limits, and -g. */

#include "source/journal_filter.h"

#include "source/journal_record.h"

void journal_filter_done(struct journal_filter *filter)
{
    pattern_free(filter->grep);
}

/* TIME_UNKNOWN without a limit, so that the time is not read */
static int64_t time_here(sd_journal *journal, int64_t bound_us)
{
    return bound_us == TIME_UNKNOWN ? TIME_UNKNOWN : journal_record_moment(journal).time_us;
}

bool journal_filter_is_before(const struct journal_filter *filter, sd_journal *journal)
{
    int64_t us = time_here(journal, filter->since_us);

    return us != TIME_UNKNOWN && us < filter->since_us;
}

bool journal_filter_is_after(const struct journal_filter *filter, sd_journal *journal)
{
    int64_t us = time_here(journal, filter->until_us);

    return us != TIME_UNKNOWN && us > filter->until_us;
}

bool journal_filter_matches(const struct journal_filter *filter, sd_journal *journal)
{
    struct span message;
    int r;

    if (!filter->grep) {
        return true;
    }
    if (journal_record_message(journal, &message) < 0) {
        return false;
    }
    r = pattern_match(filter->grep, message, 0);
    if (r < 0) {
        notes_add(filter->notes, NOTE_PATTERN_LIMIT, span_of("-g"), 0,
                  "the pattern exceeded its limits");
    }
    return r > 0;
}

/* Seeks the first entry of a query; sd_journal_seek_head(3), journalctl(1). */

#include "source/journal_seek.h"

#include "entry/entry.h"

#include <stdlib.h>

/* Seeks the last entry of the time range. */
static int seek_end(sd_journal *journal, const struct journal_query *query)
{
    return query->until_us == TIME_UNKNOWN
               ? sd_journal_seek_tail(journal)
               : sd_journal_seek_realtime_usec(journal, (uint64_t)query->until_us + 1);
}

int journal_seek_before_first(sd_journal *journal, const struct journal_query *query)
{
    return query->since_us == TIME_UNKNOWN
               ? sd_journal_seek_head(journal)
               : sd_journal_seek_realtime_usec(journal, (uint64_t)query->since_us);
}

/* Moves to the entry before the first one to read, or with -n to that one itself: then > 0. */
static int seek_start(sd_journal *journal, const struct journal_query *query)
{
    int r;

    if (!query->lines) {
        r = journal_seek_before_first(journal, query);
        return r < 0 ? r : 0;
    }
    r = seek_end(journal, query);
    return r < 0 ? r : sd_journal_previous_skip(journal, query->lines);
}

/* After the cursor's entry, or at the one that followed it if it was removed. */
static int seek_after(sd_journal *journal, const char *cursor)
{
    int r = sd_journal_next(journal);

    return r > 0 && sd_journal_test_cursor(journal, cursor) > 0 ? sd_journal_next(journal) : r;
}

/* From the cursor back to the start of its boot, or to the limit of the context. */
static int seek_context(sd_journal *journal)
{
    sd_id128_t boot, other;
    uint64_t us;
    int r = sd_journal_next(journal);

    if (r == 0) {
        r = sd_journal_previous(journal);
    }
    if (r > 0) {
        r = sd_journal_get_monotonic_usec(journal, &us, &boot);
    }
    if (r >= 0) {
        r = sd_journal_previous_skip(journal, JOURNAL_CONTEXT_ENTRIES);
    }
    if (r >= 0) {
        r = sd_journal_get_monotonic_usec(journal, &us, &other);
    }
    if (r < 0 || sd_id128_equal(boot, other)) {
        return r < 0 ? r : 1;
    }
    r = sd_journal_seek_monotonic_usec(journal, boot, 0);
    return r < 0 ? r : sd_journal_next(journal);
}

/* Moves to the first entry to read after a cursor. 1; 0: none. */
static int find_cursor(sd_journal *journal, const struct journal_query *query)
{
    int r = sd_journal_seek_cursor(journal, query->cursor);

    if (r < 0) {
        return r;
    }
    if (query->with_context) {
        return seek_context(journal);
    }
    return query->after_cursor ? seek_after(journal, query->cursor) : sd_journal_next(journal);
}

static int seek_cursor(sd_journal *journal, const char *cursor)
{
    int r = sd_journal_seek_cursor(journal, cursor);

    return r < 0 ? r : sd_journal_next(journal);
}

/* Back from the end to the first of the last n entries that match -g. 1; 0: none. */
static int find_last_matching(sd_journal *journal, const struct journal_query *query,
                              const struct journal_filter *filter)
{
    char *cursor = NULL;
    uint64_t n = 0;
    int r = seek_end(journal, query);

    while (r >= 0 && n < query->lines && (r = sd_journal_previous(journal)) > 0 &&
           !journal_filter_is_before(filter, journal)) {
        if (!journal_filter_matches(filter, journal)) {
            continue;
        }
        free(cursor);
        cursor = NULL;
        r = sd_journal_get_cursor(journal, &cursor);
        n++;
    }
    if (r >= 0) {
        r = cursor ? seek_cursor(journal, cursor) : 0;
    }
    free(cursor);
    return r;
}

/* Moves to the first entry of the time range. 1; 0: none. */
static int find_time(sd_journal *journal, const struct journal_query *query,
                     const struct journal_filter *filter)
{
    int r = seek_start(journal, query);

    if (r == 0) {
        r = sd_journal_next(journal);
    }
    if (r > 0 && journal_filter_is_before(filter, journal)) {
        r = sd_journal_seek_realtime_usec(journal, (uint64_t)query->since_us);
        if (r >= 0) {
            r = sd_journal_next(journal);
        }
    }
    return r;
}

/* From the current entry forward to one that matches -g. */
static int pass_unwanted(sd_journal *journal, const struct journal_filter *filter, int r)
{
    while (r > 0 && !journal_filter_is_after(filter, journal) &&
           !journal_filter_matches(filter, journal)) {
        r = sd_journal_next(journal);
    }
    return r;
}

int journal_seek_first(sd_journal *journal, const struct journal_query *query,
                       const struct journal_filter *filter)
{
    int r = query->cursor                 ? find_cursor(journal, query)
            : query->lines && query->grep ? find_last_matching(journal, query, filter)
                                          : find_time(journal, query, filter);

    r = pass_unwanted(journal, filter, r);
    return r > 0 && journal_filter_is_after(filter, journal) ? 0 : r;
}

#ifndef NODECAUSE_SOURCE_JOURNAL_CANDIDATES_H
#define NODECAUSE_SOURCE_JOURNAL_CANDIDATES_H

#include "base/cleanup.h"
#include "entry/line_filter.h"
#include "source/journal_files.h"

/* The entries of journal files whose MESSAGE may say something, known by their times. A journal file
 * stores equal values once and lists the entries that have each: reading those lists takes a fifth
 * of the time of reading the MESSAGE of each entry. https://systemd.io/JOURNAL_FILE_FORMAT */
struct journal_candidates;

/* Searches all files; of a file that was not closed, as that of a running machine, all entries are
 * candidates. NULL where reading each entry is as fast (many values may say something) or safer (a
 * file is damaged). */
struct journal_candidates *journal_candidates_find(const struct journal_files *files,
                                                   const struct line_filter *filter);
void journal_candidates_free(struct journal_candidates *candidates); /* NULL is fine */
DEFINE_CLEANUP(struct journal_candidates, journal_candidates_free)

/* Is there a candidate of that time (__REALTIME_TIMESTAMP)? False: no entry of that time can say
 * anything. Fastest when asked in the order of times. */
bool journal_candidates_has(struct journal_candidates *candidates, uint64_t time_us);

#endif

#ifndef NODECAUSE_FORMAT_YEAR_H
#define NODECAUSE_FORMAT_YEAR_H

#include "format/format.h"

/* The year of timestamps without one. */

/* Where the year was taken from. */
extern const char YEAR_FROM_STAMP[];     /* "stamp": a timestamp with a year among the others */
extern const char YEAR_FROM_HEADER[];    /* "header": journalctl's `-- Logs begin at ...` */
extern const char YEAR_FROM_DATE[];      /* "date": dates in the text that are near the first
                                          * timestamp, and all of the same year */
extern const char YEAR_FROM_FILE_TIME[]; /* "file-time": modification time of the file */
extern const char YEAR_FROM_COLLECTED[]; /* "collected": when the support bundle was written */
extern const char YEAR_UNKNOWN[];        /* "unknown" */

/* Sets the year, and the zone if known, in *context, and returns where it was taken from. `head` is
 * the start of the input, `first` its first timestamp, `file_time_us` the modification time of the
 * file (TIME_UNKNOWN: it has none). */
const char *year_find(struct span head, const struct moment *first, int64_t file_time_us,
                      struct format_context *context);

/* Uses the year of the time at which a log was collected: no entry is later. */
void year_from_collected(int64_t collected_us, struct format_context *context);

/* Uses the year of a file's modification time. */
void year_from_file_time(int64_t file_time_us, struct format_context *context);

#endif

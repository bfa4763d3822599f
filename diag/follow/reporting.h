#ifndef NODECAUSE_FOLLOW_REPORTING_H
#define NODECAUSE_FOLLOW_REPORTING_H

#include "follow/options.h"

/* The reports of a log that is followed: each writes what changed since the one before, and then
 * the cursor file. */
struct reporting;

/* The options are borrowed and outlive it. */
struct reporting *reporting_new(const struct follow_options *options);
void reporting_free(struct reporting *reporting); /* NULL is fine */
DEFINE_CLEANUP(struct reporting, reporting_free)

/* Reads the cursor file: what earlier runs reported, and *ret_cursor, the caller's to free; NULL:
 * start at the beginning. Negative errno with a sentence. */
int reporting_resume(struct reporting *reporting, char **ret_cursor,
                     struct error *reterr) MUST_CHECK;

/* From now on the pipeline is a new one, which knows nothing yet. */
void reporting_restart(struct reporting *reporting);

/* Reasons about everything that the pipeline has read, and writes what changed. `cursor`: how far it
 * has read, for the cursor file; NULL: unknown. `is_last`: the cursor file is written even if
 * nothing changed. Negative errno: the output failed. */
int reporting_report(struct reporting *reporting, struct pipeline *pipeline, const char *cursor,
                     bool is_last);

/* Writes the summary. The exit code of the last report, or negative errno. */
int reporting_finish(struct reporting *reporting);

/* Earliest time of the next report (monotonic). */
int64_t reporting_next_us(const struct reporting *reporting);

/* Writes a remark with the counts so far. */
void reporting_say_status(const struct reporting *reporting, size_t n_rules);

#endif

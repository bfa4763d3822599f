#ifndef NODECAUSE_PIPELINE_H
#define NODECAUSE_PIPELINE_H

#include "base/error.h"
#include "finding/report.h"
#include "rule/rule.h"

#include <stdbool.h>

/* All stages, one behind the other: reads inputs one by one, then reasons once.
 *
 *     pipeline_new(&options, &pipeline, &error);
 *     pipeline_read_path(pipeline, "kubelet.log");
 *     pipeline_finish(pipeline, report);
 *     pipeline_free(pipeline);
 *
 * Memory is bounded whatever the inputs are. */
struct pipeline;

struct journal_query;
struct watcher;
struct format;
struct matcher_trace;

struct pipeline_options {
    const struct rules *rules;
    const struct format *format;       /* forced for text inputs; NULL: found by bids */
    const struct journal_query *query; /* for journals, and for texts as far as it fits
                                        * them (selection.h); NULL: the default */
    const struct matcher_trace *trace; /* told how far the signals of a rule come; NULL: nobody */
    bool host_state;                   /* with the live journal, also read this host's state */
    bool endless;                      /* the inputs go on growing: forget what is oldest, rather
                                        * than take nothing new, when there is no more room */
    const struct watcher *watcher;     /* also sees every batch (unexplained/watcher.h); copied;
                                        * NULL: none */
    enum rule_severity fail_on;        /* findings from here on count for the exit code */
};

/* The options and what they point to are borrowed and must outlive the pipeline. */
int pipeline_new(const struct pipeline_options *options, struct pipeline **ret,
                 struct error *reterr) MUST_CHECK;
void pipeline_free(struct pipeline *pipeline); /* NULL is fine */
DEFINE_CLEANUP(struct pipeline, pipeline_free)

/* Reads a file (log, journal or state), a directory of them, "-" for standard input, or with NULL
 * this host's journal. What cannot be read is an `error` in the report's inputs. */
void pipeline_read_path(struct pipeline *pipeline, const char *path);

/* Reads several; all journal files and journal directories among them, also those that stand in
 * directories of inputs, are one journal, in which an entry that two files hold counts once. */
void pipeline_read_paths(struct pipeline *pipeline, const char *const *paths, size_t n);

/* Reads a log from memory; `name` stands for it in the report, NULL: "-". */
void pipeline_read_text(struct pipeline *pipeline, const char *name, struct span text);

/* Adds a state file's text of that kind (`fstab`). False when there is no such kind. */
bool pipeline_read_state(struct pipeline *pipeline, const char *kind, struct span text);

/* What was found so far, before reasoning. Borrowed until the next call. */
struct store;
const struct store *pipeline_signals(const struct pipeline *pipeline);

/* Reasons over all that was read so far and fills the report; again after more was read. */
void pipeline_finish(struct pipeline *pipeline, struct report *report);

/* Reads this host's state anew, where it was read: what was true an hour ago may not be now. */
void pipeline_refresh_host_state(struct pipeline *pipeline);

/* How often the older half of what was seen was forgotten: `endless`. */
uint64_t pipeline_n_forgotten(const struct pipeline *pipeline);

/* One input that is read piece by piece: a log that goes on growing. Free it before the pipeline.
 *
 *     r = feed_open(pipeline, "kubelet.log", true, &feed, &error);
 *     while ((r = feed_next(feed)) > 0)
 *         ;
 *     if (r == -EAGAIN) poll feed_wait_fd(feed), feed_wake(feed), and so on
 */
struct feed;

/* `path` as in pipeline_read_path(), but no directory of logs. `follow`: it goes on growing. What
 * cannot be opened stands in the report's inputs, too. */
int feed_open(struct pipeline *pipeline, const char *path, bool follow, struct feed **ret,
              struct error *reterr);
void feed_free(struct feed *feed); /* NULL is fine */
DEFINE_CLEANUP(struct feed, feed_free)

/* Reads and matches the next piece. 1; -EAGAIN: there is no more now; 0: there will be no more;
 * other negative errno: it cannot be read on. */
int feed_next(struct feed *feed);

/* As reader_settle(): called every FEED_SETTLE_MS while something is kept back, before feed_next().
 */
enum {
    FEED_SETTLE_MS = 200
};
void feed_settle(struct feed *feed, bool all);
bool feed_is_holding(const struct feed *feed);

/* What to poll for POLLIN; -1: nothing tells, ask again every so often. */
int feed_wait_fd(const struct feed *feed);
void feed_wake(struct feed *feed); /* after it, before the next piece */

/* The address of the last entry of a journal that was read, or NULL. Valid until the next call. */
const char *feed_cursor(const struct feed *feed);

/* At its end: may another file come under its name? */
bool feed_returns(const struct feed *feed);

#endif

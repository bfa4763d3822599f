#ifndef NODECAUSE_PIPELINE_H
#define NODECAUSE_PIPELINE_H

#include "base/error.h"
#include "finding/report.h"
#include "rule/rule.h"

#include <stdbool.h>

/* All stages in order: reads inputs one by one, then reasons once.
 *
 *     struct pipeline *pipeline = pipeline_new(&options);
 *     pipeline_read_path(pipeline, "kubelet.log");
 *     pipeline_finish(pipeline, report);
 *     pipeline_free(pipeline);
 *
 * Memory is bounded whatever the inputs are. */
struct pipeline;

struct journal_query;
struct progress;
struct rule_search;
struct watcher;
struct format;
struct matcher_trace;

struct pipeline_options {
    const struct rules *rules;
    const struct format *format;       /* forced for text inputs; NULL: found by bids */
    const struct journal_query *query; /* for journals, and for texts as far as it fits
                                        * them (input/selection.h); NULL: the default */
    const struct matcher_trace
        *trace;                    /* receives how far the signals of a rule come; may be NULL */
    unsigned threads;              /* that may be used, with the caller's; 0: as 1 */
    bool host_state;               /* with the live journal, also read this host's state */
    bool endless;                  /* the inputs keep growing: when there is no more room,
                                        * forget the oldest signals rather than refuse new ones */
    const struct watcher *watcher; /* also sees every batch (unexplained/watcher.h), with all its
                                        * lines; copied; NULL: none, and a journal may hold back the
                                        * lines that no rule asks for */
    enum rule_severity fail_on;    /* findings from here on count for the exit code */
    bool reference; /* nothing is skipped to be fast: each record is decoded, each signal tried. For
                     * tests, which compare the report with the usual one */

    /* As in struct intake. */
    const struct rule_search *search;
    const char *layout;

    /* The report is of the node with this name alone, if there is one. NULL: of all. */
    const char *node;

    struct progress *progress; /* NULL: it is not shown */
};

/* The options and what they point to are borrowed and must outlive the pipeline. */
struct pipeline *pipeline_new(const struct pipeline_options *options) MUST_CHECK;
void pipeline_free(struct pipeline *pipeline); /* NULL is fine */
DEFINE_CLEANUP(struct pipeline, pipeline_free)

/* Reads a file (log, journal or state), a directory of them, "-" for standard input, or with NULL
 * this host's journal (input/inputs.h). What cannot be read is an `error` in the report's inputs. */
void pipeline_read_path(struct pipeline *pipeline, const char *path);

/* Reads several. All journal files and journal directories among them, also those in directories of
 * inputs, are one journal: an entry that is in two files counts once. */
void pipeline_read_paths(struct pipeline *pipeline, const char *const *paths, size_t n);

/* Reads a log from memory; `name` names it in the report; NULL: "-". */
void pipeline_read_text(struct pipeline *pipeline, const char *name, struct span text);

/* Adds a state file's text of that kind (`fstab`). False when there is no such kind. */
bool pipeline_read_state(struct pipeline *pipeline, const char *kind, struct span text);

/* What was found so far, before reasoning. Borrowed until the next call. */
struct store;
const struct store *pipeline_signals(const struct pipeline *pipeline);

/* Reasons over all that was read so far and fills the report; again after more was read. */
void pipeline_finish(struct pipeline *pipeline, struct report *report);

/* Reads this host's state again, if it was read before: it may have changed since. */
void pipeline_refresh_host_state(struct pipeline *pipeline);

/* How often the older half of the signals was forgotten (`endless`). */
uint64_t pipeline_n_forgotten(const struct pipeline *pipeline);

/* Opens one input that the caller reads piece by piece, and closes with input_close():
 *
 *     r = pipeline_open(pipeline, "kubelet.log", true, &input, &error);
 *     while (r >= 0 && (r = pipeline_read(pipeline, input)) > 0)
 *         ;
 *     if (r == -EAGAIN) poll input_wait_fd(input), input_wake(input), and so on (input/input.h)
 *
 * `path` as in pipeline_read_path(), but no folder. `follow`: it keeps growing. The input belongs
 * to the pipeline. Negative errno with a sentence when it cannot be opened; the report's inputs
 * have it too. */
struct input;
int pipeline_open(struct pipeline *pipeline, const char *path, bool follow, struct input **ret,
                  struct error *reterr);

/* Reads and matches its next piece. 1; -EAGAIN: there is no more now; 0: there will be no more;
 * other negative errno: reading failed. */
int pipeline_read(struct pipeline *pipeline, struct input *input);

#endif

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
struct format;

struct pipeline_options {
    const struct rules *rules;
    const struct format *format;       /* forced for text inputs; NULL: found by bids */
    const struct journal_query *query; /* for journals; NULL: the default */
    bool host_state;                   /* with the live journal, also read this host's state */
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

/* Reads a log from memory; `name` stands for it in the report, NULL: "-". */
void pipeline_read_text(struct pipeline *pipeline, const char *name, struct span text);

/* Adds a state file's text of that kind (`fstab`). False when there is no such kind. */
bool pipeline_read_state(struct pipeline *pipeline, const char *kind, struct span text);

/* What was found so far, before reasoning. Borrowed until the next call. */
struct store;
const struct store *pipeline_signals(const struct pipeline *pipeline);

/* Reasons over all that was read and fills the report. Once, as the last call. */
void pipeline_finish(struct pipeline *pipeline, struct report *report);

#endif

#ifndef NODECAUSE_INPUT_INPUT_H
#define NODECAUSE_INPUT_INPUT_H

#include "base/progress.h"
#include "entry/batch.h"
#include "entry/node_names.h"
#include "finding/report.h"
#include "format/format.h"
#include "input/sections.h"
#include "rule/rule_search.h"
#include "source/journal_query.h"
#include "source/source.h"
#include "state/state.h"

/* One input: a file, a pipe, the host's journal, journals that are read as one, text in memory. It
 * owns its source, its reader, its selection and its place in the report, and hands out batches
 * whose entries are complete, have their streams, are selected, and know their direction. A state
 * file is an input, too, and has a table in place of batches.
 *
 *     r = input_open(input, states, notes, &error);
 *     while (r >= 0 && (r = input_next(input, &batch)) > 0)
 *         ...
 *     input_close(input);
 *
 * Inputs share nothing but what is passed in: different ones may be read at the same time. They are
 * opened by input/inputs.h. */
struct input;

/* What all inputs of a run have in common. What it points to must outlive them. */
struct intake {
    const struct format *format;       /* forced for logs; NULL: found by bids */
    const struct journal_query *query; /* which entries to read, of journals and, as far as their
                                        * lines say (input/selection.h), of texts; NULL: default */
    const struct streams *streams;     /* NULL: entries get none */
    unsigned threads;                  /* that each input may use, with the caller's; 0: as 1 */
    bool host_state;                   /* with the live journal, also read this host's state */
    const struct line_filter *filter;  /* the lines that are asked for; NULL: all */
    const struct rule_search *search;  /* where layouts of bundles are; NULL: only built-in ones */
    struct progress *progress;         /* of looking at bundles; NULL: it is not shown */
    const char *layout;                /* the kind of all bundles; NULL: their signs say */
};

/* What is known of an input before it is read, from the bundle that it is in. All zero: nothing. What it points to
 * must outlive the input. */
struct input_hints {
    const char *name;     /* for the user; NULL: the path */
    struct span node;     /* whose it is; empty: its entries say */
    struct span hostname; /* whose it is where its entries do not say; empty: unknown */
    const struct report_bundle *bundle; /* for the report; NULL: none */
    const char *log; /* stream of the component that all of it is of; NULL: its entries say */
    const struct format *format;    /* of the log; NULL: found by bids */
    const struct state_kind *state; /* it is a state file of this kind; NULL: its content says */
    bool is_log;                    /* not a state file */
    int64_t collected_us;           /* when it was collected (format/reader.h); 0: unknown */
    int64_t since_us;               /* when its bundle was begun, or before that; UTC; 0: unknown */
    struct collected printed; /* when ages in it were printed, unless a block of it shows that */
    int64_t booted_us; /* when the boot began that it counts from, at the earliest; 0: unknown */
    int64_t booted_spread_us; /* how much later that may have been */
    bool zone_known;          /* of its stamps where they have none */
    int zone_minutes;
};

/* A new one that is not open. `request` says the paths, which are copied, and whether they are
 * followed; no path is this host's journal, or the one that the query names. `type` opens them;
 * NULL: the best bidder. `number` is its index in the report. `hints` is copied; NULL: none. */
struct input *input_new(const struct intake *intake, uint32_t number,
                        const struct source_type *type, const struct source_request *request,
                        const struct input_hints *hints);

/* One whose source is open already, and is closed with it: text in memory, one day a member of an
 * archive. `name` is its name in the report. `kind`: it is a state file of this kind; NULL: a log.
 */
struct input *input_new_open(const struct intake *intake, uint32_t number, const char *name,
                             const struct source_type *type, struct source *source,
                             const struct state_kind *kind);

void input_free(struct input *input); /* closes it; NULL is fine */
DEFINE_CLEANUP(struct input, input_free)

/* Opens it. A state file is added to `states`, the tables of this input, as are tables of df in a log and, for the live
 * journal, this host's state; trouble is noted in `notes`. Both are borrowed until it is closed.
 * Negative errno with a sentence, which is then the error of input_report(), too. */
int input_open(struct input *input, struct states *states, struct notes *notes,
               struct error *reterr);

/* Releases everything but its place in the report. Closing again does nothing. */
void input_close(struct input *input);

bool input_is_open(const struct input *input);

/* Was it not opened yet? */
bool input_is_waiting(const struct input *input);

/* Is it this host's own journal, which this host's state belongs to? */
bool input_is_host(const struct input *input);

/* The next batch. 1; 0 at the end; negative errno when reading failed. Valid until the next
 * call. -EAGAIN from one that is followed: there is no more now. */
int input_next(struct input *input, struct batch *ret);

/* Its kind and *ret_text, when it was taken as a state file: then it has no batches. Else NULL.
 * Valid while it is open. */
const struct state_kind *input_state(const struct input *input, struct span *ret_text);

/* The first bytes of a text, for callers that ask the formats themselves. Valid until input_next(). Empty
 * for records, and for what is followed. */
struct span input_head(const struct input *input);

/* Its place in the report: up to date at the end, after an error and at -EAGAIN. */
const struct report_input *input_report(const struct input *input);

/* The names of nodes that its objects show, at the end; NULL: none. */
const struct node_names *input_node_names(const struct input *input);
uint32_t input_number(const struct input *input);

/* It cannot be read, and this is why. The first reason stays. */
void input_fail(struct input *input, const char *reason);

/* --- one that is followed, while it is open --- */

/* As reader_settle(): called every BATCH_SETTLE_MS while something is kept back, before
 * input_next(). */
void input_settle(struct input *input, bool all);
bool input_is_holding(const struct input *input);

int input_wait_fd(const struct input *input); /* what to poll for POLLIN; -1: ask again */
void input_wake(struct input *input);         /* after it, before the next batch */

/* The address of the last entry of a journal that was read, or NULL. Valid until the next call. */
const char *input_cursor(const struct input *input);

/* How many threads read for it, besides the caller's? */
unsigned input_threads(const struct input *input);

/* At its end: may another file come under its name? */
bool input_returns(const struct input *input);

#endif

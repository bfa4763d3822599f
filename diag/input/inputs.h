#ifndef NODECAUSE_INPUT_INPUTS_H
#define NODECAUSE_INPUT_INPUTS_H

#include "input/input.h"

/* The inputs of a run, in the order of the report, and how paths become inputs: a folder is a list
 * of inputs, journals that lie anywhere are one.
 *
 *     inputs_add_paths(inputs, paths, n, notes);
 *     while ((input = inputs_next(inputs)))
 *         ...
 */
struct inputs;

struct inputs *inputs_new(const struct intake *intake); /* copied; what it points to not */
void inputs_free(struct inputs *inputs);                /* NULL is fine */
DEFINE_CLEANUP(struct inputs, inputs_free)

/* Adds files, directories of them, "-" for standard input, NULL for this host's journal. Files of a
 * type that joins (source/source.h: journals), also those in folders, become one input, the last
 * of these. What a folder leaves out is noted. Opens none of them. */
void inputs_add_paths(struct inputs *inputs, const char *const *paths, size_t n,
                      struct notes *notes);

/* Adds a log in memory, or with `kind` a state file; the text is borrowed until it is closed. */
void inputs_add_text(struct inputs *inputs, const char *name, struct span text,
                     const struct state_kind *kind);

/* The first of those added that was not opened yet; NULL: there are no more. Borrowed. */
struct input *inputs_next(struct inputs *inputs);

/* How many there are. */
size_t inputs_count(const struct inputs *inputs);

/* One for a single path, not a folder, to be opened by the caller. Beyond LIMIT_INPUTS a closed one
 * is used again: a log that is rotated every hour for a year is another input each time. Borrowed.
 */
struct input *inputs_follow(struct inputs *inputs, const char *path, bool follow);

/* The one that is this host's own journal, or NULL. Borrowed. */
const struct input *inputs_host(const struct inputs *inputs);

/* The bundles among the paths, and the bundles in them: the same that the inputs name. */
size_t inputs_n_parts(const struct inputs *inputs);
const struct report_bundle *inputs_part(const struct inputs *inputs, size_t i);

/* Adds the names of nodes for their addresses that the inputs show. */
void inputs_name_nodes(const struct inputs *inputs, struct node_names *ret);

/* Fills in the inputs and bundles of the report, and the sums over them. */
void inputs_describe(const struct inputs *inputs, struct report *report);

/* Notes what the bundles among them do not hold: by their kind, because their collectors cut it, and because it could not
 * be collected. */
void inputs_note_gaps(const struct inputs *inputs, struct notes *notes);

#endif

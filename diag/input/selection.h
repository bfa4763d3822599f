#ifndef NODECAUSE_INPUT_SELECTION_H
#define NODECAUSE_INPUT_SELECTION_H

#include "entry/batch.h"
#include "entry/notes.h"
#include "entry/streams.h"
#include "source/journal_query.h"

/* The options that select entries of a journal (-u, -t, -k, -p, -S, -U, -g, FIELD=VALUE), applied
 * to the entries of a text. Only what is known to be something else is left out: where an entry
 * does not say who wrote it, or when, it stays, and a note says so. */
struct selection;

/* For one input. The query and the streams (NULL: none) are borrowed. NULL: the query leaves out
 * nothing of a text. */
struct selection *selection_new(const struct journal_query *query, const struct streams *streams);
void selection_free(struct selection *selection); /* NULL is fine */
DEFINE_CLEANUP(struct selection, selection_free)

/* The same batch, in which a record that is not selected does not decode to an entry. Valid as long as the batch, one at a
 * time. */
struct batch selection_apply(struct selection *selection, const struct batch *batch);

/* Notes the options that could not be applied to this input, or not to all of its entries. */
void selection_note(const struct selection *selection, struct span input, struct notes *notes);

/* Was an entry left out, among the first ones or those that were decoded? */
bool selection_leaves_out(const struct selection *selection);

#endif

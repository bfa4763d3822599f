#ifndef NODECAUSE_LASTWORDS_H
#define NODECAUSE_LASTWORDS_H

#include "entry/batch.h"
#include "finding/report.h"
#include "signal/store.h"

/* What a process said before it died, for deaths that no rule explains. It is taken while the
 * death's batch is at hand, since a pipe cannot be read twice, once for each unit. */
struct last_words;

struct last_words *last_words_new(void);
void last_words_free(struct last_words *words); /* NULL is fine */

/* Looks at the deaths that the batch has added to the store. After each matcher_run(). */
void last_words_look(struct last_words *words, const struct rules *rules, const struct store *store,
                     const struct batch *batch);

/* Fills the last words of the report's unexplained units. */
void last_words_fill(const struct last_words *words, struct report *report);

#endif

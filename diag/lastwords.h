#ifndef NODECAUSE_LASTWORDS_H
#define NODECAUSE_LASTWORDS_H

#include "entry/batch.h"
#include "finding/report.h"
#include "signal/store.h"

/* What a process said before it died: of each unit's last death the lines that tell most. They are
 * taken while the death's batch is at hand, since a pipe cannot be read twice, once for each unit
 * and batch, so that a unit that dies ten thousand times costs no more than its input.
 *
 *     last_words_note(words, signal, at);    (for each signal of the batch)
 *     last_words_look(words, batch, newest_first);
 */
struct last_words;

struct last_words *last_words_new(const struct rules *rules); /* borrowed */
void last_words_free(struct last_words *words);               /* NULL is fine */

/* A signal was found in the record at the position. Nothing is kept of it but for deaths. */
void last_words_note(struct last_words *words, const struct signal *signal, position at);

/* Reads what was said before the deaths noted in this batch, and forgets their positions. */
void last_words_look(struct last_words *words, const struct batch *batch, bool newest_first);

/* Fills the last words of the report's unexplained units. */
void last_words_fill(const struct last_words *words, struct report *report);

#endif

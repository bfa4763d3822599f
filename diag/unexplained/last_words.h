#ifndef NODECAUSE_UNEXPLAINED_LAST_WORDS_H
#define NODECAUSE_UNEXPLAINED_LAST_WORDS_H

#include "entry/node_names.h"
#include "finding/report.h"
#include "rule/rule.h"
#include "unexplained/watcher.h"

/* What a process said before it died: for each unit's last death, the lines that say most. They are
 * read while the batch of the death is at hand, since a pipe cannot be read twice, and once for each
 * unit and batch, so that a unit that dies ten thousand times costs no more than its input. */
struct last_words;

/* The rules are borrowed and outlive it. */
struct last_words *last_words_new(const struct rules *rules);
void last_words_free(struct last_words *words); /* NULL is fine */
DEFINE_CLEANUP(struct last_words, last_words_free)

/* The watcher that gathers them; valid until last_words_free(). */
struct watcher last_words_watcher(struct last_words *words);

/* Fills the last words of the report's unexplained units. They are copied into its arena. `names`: of nodes, for their
 * addresses; may be NULL. */
void last_words_fill(const struct last_words *words, const struct node_names *names,
                     struct report *report);

#endif

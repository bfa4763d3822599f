#ifndef NODECAUSE_FORMAT_CUT_MARK_H
#define NODECAUSE_FORMAT_CUT_MARK_H

#include "entry/entry.h"

/* `>` or `…`, which a pager or a terminal leaves at the end of a line that it cut. */

/* Drops the mark from the end of the line. False when there is none. */
bool cut_mark_drop(struct span *line);

/* Drops the mark from the end of the entry's message and says in the entry that it was cut. `text`
 * is the record that the message was decoded from; one of LIMIT_LINE_BYTES was cut by us. A `>`
 * that closes a multi-line value stays. */
void cut_mark_refine(struct span text, struct entry *entry);

/* Finds the next line of the text that ends with `mark` (the newline included), from `*from` on,
 * which moves after it. `*ret_line` is where the line starts. */
bool cut_mark_find(struct span text, struct span mark, size_t *from, size_t *ret_line);

#endif

#ifndef NODECAUSE_FORMAT_CUT_MARK_H
#define NODECAUSE_FORMAT_CUT_MARK_H

#include "entry/entry.h"

/* `>` or `…`, the mark of a pager or a terminal at the end of a truncated line. */

/* Removes the mark from the end of the line. False if there is none. */
bool cut_mark_drop(struct span *line);

/* Removes the mark from the end of the entry's message and marks the entry as truncated. `text` is
 * the record that the message was decoded from; one of LIMIT_LINE_BYTES was truncated by the limit.
 * A `>` that closes a multi-line value is kept. */
void cut_mark_refine(struct span text, struct entry *entry);

/* Finds the next line of the text, with its newline, that ends with a mark, from `*from` on, which is the
 * start of a line and advances past it. `*ret_line` is the start of the line found. */
bool cut_mark_find(struct span text, size_t *from, size_t *ret_line);

#endif

#ifndef NODECAUSE_FORMAT_CHOICES_H
#define NODECAUSE_FORMAT_CHOICES_H

#include "format/format.h"

/* Remembers which format the lines of a text are in: each is asked for when its record is located,
 * when it is decoded, and when the records around it are. Of a bounded number of lines. */
struct choices;

struct choices *choices_new(void);
void choices_free(struct choices *choices); /* NULL is fine */
DEFINE_CLEANUP(struct choices, choices_free)

/* format_choose() of this line, which is in memory that does not change until choices_forget().
 * `choices` may be NULL: nothing is remembered. */
const struct format *choices_find(struct choices *choices, struct span line, int *ret_bid);

/* Forgets all: the memory has changed. NULL is fine. */
void choices_forget(struct choices *choices);

/* Lines for which the formats were asked. */
uint64_t choices_n_asked(const struct choices *choices);

#endif

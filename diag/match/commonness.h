#ifndef NODECAUSE_MATCH_COMMONNESS_H
#define NODECAUSE_MATCH_COMMONNESS_H

#include "base/cleanup.h"
#include "base/span.h"

/* How common a few bytes are in logs of nodes where all is well, so that literals are searched for
 * by what few lines have. Only the speed of the search depends on it. */
struct commonness;

struct commonness *commonness_new(void);
void commonness_free(struct commonness *common); /* NULL is fine */
DEFINE_CLEANUP(struct commonness, commonness_free)

/* How common a word of at most 4 bytes is, and each part of it. 0: no byte of it is usual. */
unsigned commonness_of_word(const struct commonness *common, struct span word);

/* How common a byte is. */
unsigned commonness_of_byte(const struct commonness *common, char byte);

#endif

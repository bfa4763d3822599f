#ifndef NODECAUSE_RULE_HEALTHY_H
#define NODECAUSE_RULE_HEALTHY_H

#include "base/span.h"

/* In how many kinds of lines of healthy nodes a text is, as they are in a raw log. A literal that
 * is in none of them makes few candidates that say nothing. */
struct healthy_hits {
    unsigned always;   /* of those that a node logs all the time */
    unsigned at_start; /* of those that it logs at its start, until all is up */
};

/* `caseless`: of ASCII letters. */
struct healthy_hits healthy_hits(struct span text, bool caseless);

/* The lines one by one, first those that a node logs all the time. NULL: there are no more. */
const char *healthy_line(size_t i);

#endif

#ifndef NODECAUSE_SIGNAL_FACT_NUMBER_H
#define NODECAUSE_SIGNAL_FACT_NUMBER_H

#include "signal/fact_type.h"

/* Reads a captured text as the number of its type, in the unit that enum fact_type gives. A quantity
 * written as a struct of Go is replaced in *text by its string. False when the text is not such a
 * number, or the type has none; *ret is then undefined. */
bool fact_number_read(enum fact_type type, struct span *text, double *ret);

/* The number that a rule's author writes to compare a fact of that type with: plain, in the fact's
 * unit (bytes, percent, microseconds), or with a unit of its own (`100Mi`, `90%`, `5m`). */
bool fact_number(enum fact_type type, struct span text, double *ret);

#endif

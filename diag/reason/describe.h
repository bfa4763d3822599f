#ifndef NODECAUSE_REASON_DESCRIBE_H
#define NODECAUSE_REASON_DESCRIBE_H

#include "reason/reasoning.h"

/* Fills the finding of each candidate that is not suppressed: times, facts, counts, confidence,
 * status, texts, remedies, evidence. After reason_link(). */
void reason_describe(struct reasoning *it);

#endif

#ifndef NODECAUSE_REASON_CONFIDENCE_H
#define NODECAUSE_REASON_CONFIDENCE_H

#include "reason/reasoning.h"

/* Settles the candidate's confidence and its reasons: raised and lowered as the rule says,
 * lowered by signals against it, and by blind spots where the rule concludes from absence.
 * `scope` and `texts` must be set. */
void reason_weigh_confidence(struct reasoning *it, struct candidate *candidate);

#endif

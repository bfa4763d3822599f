#ifndef NODECAUSE_REASON_EVIDENCE_H
#define NODECAUSE_REASON_EVIDENCE_H

#include "reason/reasoning.h"

/* Sets the evidence of the candidate's finding: of each signal the first events and the last
 * one, so that one sees how it began and how it is now; then context, and rows of state files. */
void reason_collect_evidence(struct reasoning *it, struct candidate *candidate);

#endif

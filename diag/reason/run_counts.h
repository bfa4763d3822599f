#ifndef NODECAUSE_REASON_RUN_COUNTS_H
#define NODECAUSE_REASON_RUN_COUNTS_H

#include "reason/reasoning.h"

/* Sets runs, runs_all and runs_sentence of the candidate's finding; they stay 0 and NULL when it is
 * not about a unit. */
void reason_count_runs(struct reasoning *it, struct candidate *candidate);

#endif

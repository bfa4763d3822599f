#ifndef NODECAUSE_REASON_RULED_OUT_H
#define NODECAUSE_REASON_RULED_OUT_H

#include "reason/reasoning.h"

/* Sets ruled_out of the candidate's finding from its rule's `rules_out:`. What is itself found
 * on the node is not ruled out. `scope` and `texts` must be set. */
void reason_rule_out(struct reasoning *it, struct candidate *candidate);

#endif

#ifndef NODECAUSE_VERDICT_UNIT_PROOF_H
#define NODECAUSE_VERDICT_UNIT_PROOF_H

#include "verdict/judging.h"

/* Fills the evidence for the state of the unit, and who asked for its stop. The unit's name and state
 * are set already. */
void unit_proof_fill(const struct judging *it, const struct unit_end *unit, struct node_unit *ret);

#endif

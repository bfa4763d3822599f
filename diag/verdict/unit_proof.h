#ifndef NODECAUSE_VERDICT_UNIT_PROOF_H
#define NODECAUSE_VERDICT_UNIT_PROOF_H

#include "verdict/judging.h"

/* Fills the evidence for the state of the unit, and who asked for its stop. The unit's name and state
 * are set already. */
void unit_proof_fill(const struct judging *it, const struct unit_end *unit, struct node_unit *ret);

/* The evidence is the row of the state file. */
void unit_proof_add_listed(const struct judging *it, const struct listed_unit *listed,
                           struct node_unit *ret);

/* The evidence is an entry of an earlier boot, which shows that the node has the unit. */
void unit_proof_add_earlier(const struct judging *it, uint32_t event, struct node_unit *ret);

#endif

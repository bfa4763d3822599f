#ifndef NODECAUSE_REASON_REMEDIES_H
#define NODECAUSE_REASON_REMEDIES_H

#include "reason/reasoning.h"

/* Sets the remedies of the candidate's finding: those whose `if:` is true and that have
 * something left when they are filled: a command; or text, if they ask for none or change something. `scope` and `texts` must be set. */
void reason_fill_remedies(struct reasoning *it, struct candidate *candidate);

#endif

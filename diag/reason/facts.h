#ifndef NODECAUSE_REASON_FACTS_H
#define NODECAUSE_REASON_FACTS_H

#include "reason/reasoning.h"

/* Sets the facts of the candidate's finding: those of its events, of each name the latest value
 * (or all, where the rule declares a list); then those of its context, of each name the last
 * value before the events end. A later and different value in the context is the fact
 * `<name>_after`. */
void reason_collect_facts(struct reasoning *it, struct candidate *candidate);

#endif

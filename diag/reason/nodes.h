#ifndef NODECAUSE_REASON_NODES_H
#define NODECAUSE_REASON_NODES_H

#include "reason/reasoning.h"

/* Puts the findings of all candidates that are not suppressed into the report. */
void reason_fill_nodes(struct reasoning *it);

#endif

#ifndef NODECAUSE_REASON_GRAPH_H
#define NODECAUSE_REASON_GRAPH_H

#include "reason/reasoning.h"

/* Draws the edges: fills causes and effects of the candidates from the `explains:` of their
 * rules. */
void reason_link(struct reasoning *it);

#endif

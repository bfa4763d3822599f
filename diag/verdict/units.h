#ifndef NODECAUSE_VERDICT_UNITS_H
#define NODECAUSE_VERDICT_UNITS_H

#include "verdict/judging.h"

/* Fills `it->units`: what each unit of each node is at the end. After
 * run_ends_find(). */
void units_find(struct judging *it);

/* The unit as it is reported. */
struct node_unit units_describe(const struct judging *it, const struct unit_end *unit);

/* Fills `units` of the report's nodes. */
void units_report(struct judging *it);

/* The newest moment up to which the input of this event was read, on the clock of the event's node;
 * TIME_UNKNOWN when that is unknown. */
int64_t units_input_end(const struct judging *it, const struct event *event);

#endif

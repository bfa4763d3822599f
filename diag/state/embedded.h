#ifndef NODECAUSE_STATE_EMBEDDED_H
#define NODECAUSE_STATE_EMBEDDED_H

#include "state/state.h"

/* Adds the output of df pasted into a log or a report, at most 16 tables, and the first of mount. True if there is
 * any. */
bool states_add_embedded(struct states *states, const struct state_text *text, struct notes *notes);

#endif

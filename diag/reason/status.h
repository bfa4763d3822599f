#ifndef NODECAUSE_REASON_STATUS_H
#define NODECAUSE_REASON_STATUS_H

#include "reason/reasoning.h"

/* Ongoing, recovered, or of an earlier boot. Recovered by what its rule names in `recovered_by:`, or
 * because its component continued to log without it (reason/silence.h), which is then one of its
 * reasons. */
enum finding_status reason_find_status(struct reasoning *it, struct candidate *candidate);

#endif

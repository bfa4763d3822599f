#ifndef NODECAUSE_REASON_STATUS_H
#define NODECAUSE_REASON_STATUS_H

#include "reason/reasoning.h"

/* Ongoing, recovered by what its rule names in `recovered_by:`, or of an earlier boot. */
enum finding_status reason_find_status(const struct reasoning *it,
                                       const struct candidate *candidate);

#endif

#ifndef NODECAUSE_REASON_OCCURRENCES_H
#define NODECAUSE_REASON_OCCURRENCES_H

#include "reason/reasoning.h"

/* How often something happened, which is not the number of lines about it: systemd logs an exit in
 * two lines, a crash is logged in three. */

/* Number of times that the candidate's events report, with those that the store only counted. */
uint64_t occurrences_count(const struct reasoning *it, const struct candidate *candidate);

#endif

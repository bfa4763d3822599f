#ifndef NODECAUSE_VERDICT_REQUESTS_H
#define NODECAUSE_VERDICT_REQUESTS_H

#include "verdict/judging.h"

/* Who asked systemd to stop a unit: signals with `run: asks`. */

/* The event by which a user or a program requested the stop that the event `stop` of that unit reports, or for a
 * shutdown of the node at that time; NO_EVENT: the log does not show it. A request that names other
 * units only is not one for this unit. */
uint32_t requests_find(const struct judging *it, uint32_t stop, struct span unit);

/* Is it a request to shut the whole node down? */
bool requests_is_shutdown(const struct judging *it, uint32_t request);

/* Who asked, in words: `alice ran systemctl stop kubelet`, `a shutdown of the node`. In the report's
 * arena; NULL when the signal has no fact that says it. */
const char *requests_sentence(const struct judging *it, uint32_t request);

#endif

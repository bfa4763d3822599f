#ifndef NODECAUSE_FORMAT_UNIT_H
#define NODECAUSE_FORMAT_UNIT_H

#include "base/span.h"

/* The systemd unit that a message of PID 1 is about, as written in it:
 *
 *   kubelet.service: Main process exited, code=exited, status=255/n/a
 *   Unit kubelet.service entered failed state.
 *   start request repeated too quickly for kubelet.service
 *
 * Empty when none is named; `Started kubelet: The Kubernetes Node Agent.` names only a description.
 */
struct span unit_of_message(struct span message);

#endif

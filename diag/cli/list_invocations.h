#ifndef NODECAUSE_CLI_LIST_INVOCATIONS_H
#define NODECAUSE_CLI_LIST_INVOCATIONS_H

#include "cli/input_options.h"

/* --list-invocations: prints the runs of the units of -u, by default the kubelet's; `utc`: times in
 * UTC. Returns the exit code. */
int list_invocations(const struct input_request *request, bool utc);

#endif

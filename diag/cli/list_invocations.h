#ifndef NODECAUSE_CLI_LIST_INVOCATIONS_H
#define NODECAUSE_CLI_LIST_INVOCATIONS_H

#include "cli/options.h"

/* Prints the runs of the units of -u, by default the kubelet's. The exit code. */
int list_invocations(const struct options *options);

#endif

#ifndef NODECAUSE_WORKBENCH_WHY_NOT_H
#define NODECAUSE_WORKBENCH_WHY_NOT_H

#include "cli/options.h"

/* nodecause test --why-not RULE FILE...: how far the rule came on these inputs, signal by signal,
 * and what became of its finding. Returns the exit code: 0 when it is found, 1 when not. */
int why_not(const struct options *options);

#endif

#ifndef NODECAUSE_WORKBENCH_WHY_NOT_H
#define NODECAUSE_WORKBENCH_WHY_NOT_H

#include "cli/options.h"
#include "rule/rule.h"

/* nodecause test --why-not RULE FILE...: how far the rule came on these inputs, signal by signal,
 * and what became of its finding. `format` is that of text input; NULL: detected. Returns the exit
 * code: 0 when the rule is found, 1 when not, 2 when there is no such rule. */
int why_not(const struct rules *rules, const char *id, const char *format,
            const struct words *paths);

#endif

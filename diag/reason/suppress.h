#ifndef NODECAUSE_REASON_SUPPRESS_H
#define NODECAUSE_REASON_SUPPRESS_H

#include "reason/reasoning.h"

/* Takes from each candidate the events that another one accounts for by its rule's `suppresses:`;
 * one without any left is `suppressed`. */
void reason_suppress(struct reasoning *it);

#endif

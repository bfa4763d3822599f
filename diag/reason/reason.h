#ifndef NODECAUSE_REASON_REASON_H
#define NODECAUSE_REASON_REASON_H

#include "entry/notes.h"
#include "finding/report.h"
#include "rule/rule.h"
#include "signal/store.h"
#include "state/state.h"

/* Signals and state become findings. A pure function of its arguments: the order in which the
 * signals arrived does not matter, the wall clock is never asked. Adds to `notes` where the clock
 * of the log jumped. Fills nodes, unexplained (without last words), root_causes, exit and
 * exit_reason of the report. */
void reason(const struct rules *rules, const struct store *store, const struct states *states,
            struct notes *notes, enum rule_severity fail_on, struct report *report);

#endif

#ifndef NODECAUSE_REASON_REASON_H
#define NODECAUSE_REASON_REASON_H

#include "entry/activity.h"
#include "entry/notes.h"
#include "finding/report.h"
#include "rule/rule.h"
#include "signal/store.h"
#include "state/inventory.h"

/* Turns signals and state into findings. A pure function of its arguments: the order in which
 * the signals arrived does not matter, and the wall clock is not read. The report has its
 * inputs already: they say which node state tables are of. Adds to `notes` where the
 * clock of the log jumped and where the log begins in the middle of a run. Fills nodes,
 * unexplained (without last messages), root_causes, exit and exit_reason of the report;
 * `activity` is what was logged beside the signals, NULL: not known;
 * `fail_on` is the least severity that counts for the exit code. */
void reason(const struct rules *rules, const struct store *store, const struct inventory *inventory,
            const struct activity *activity, struct notes *notes, enum rule_severity fail_on,
            struct report *report);

#endif

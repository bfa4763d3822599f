#ifndef NODECAUSE_REASON_REASON_H
#define NODECAUSE_REASON_REASON_H

#include "entry/notes.h"
#include "finding/report.h"
#include "rule/rule.h"
#include "signal/store.h"
#include "state/inventory.h"
#include "timeline/observed.h"
#include "timeline/runs.h"

/* What reasoning is given. */
struct reason_question {
    const struct rules *rules;
    const struct store *store;
    const struct inventory *inventory;
    const struct span *hosts;        /* of each input of the report (reason/places.h) */
    const struct timeline *timeline; /* of that store */
    const struct runs *runs;         /* of that timeline */
    const struct observed *observed;
    const struct span *boots; /* the last one read of each node */ /* of that timeline */
};

/* Turns signals and state into findings. A pure function of its arguments: the order in which
 * the signals arrived does not matter, and the wall clock is not read. The report has its
 * inputs already: they say which node state tables are of. Adds to `notes` where the
 * log begins in the middle of a run. Fills the nodes of the report; what their findings mean at the
 * end of the input is for verdict/ to say. */
void reason(const struct reason_question *question, struct notes *notes, struct report *report);

#endif

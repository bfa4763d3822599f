#ifndef NODECAUSE_VERDICT_QUESTION_H
#define NODECAUSE_VERDICT_QUESTION_H

#include "timeline/boots.h"
#include "timeline/observed.h"
#include "timeline/runs.h"

/* What a verdict is given besides the report. */
struct verdict_question {
    const struct rules *rules;
    const struct timeline *timeline;
    const struct runs *runs;         /* of that timeline */
    const struct observed *observed; /* what was logged, of signals and of anything else */
    const struct span *boots;        /* the last one read of each node */
    enum rule_severity fail_on; /* findings of this severity or worse count for the exit code */
};

#endif

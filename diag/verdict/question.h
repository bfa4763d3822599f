#ifndef NODECAUSE_VERDICT_QUESTION_H
#define NODECAUSE_VERDICT_QUESTION_H

#include "timeline/observed.h"
#include "timeline/runs.h"

/* What a verdict is given besides the report. */
struct verdict_question {
    const struct rules *rules;
    const struct timeline *timeline;
    const struct runs *runs;         /* of that timeline */
    const struct observed *observed; /* what was logged, of signals and of anything else */
    enum rule_severity fail_on; /* findings of this severity or worse count for the exit code */
};

#endif

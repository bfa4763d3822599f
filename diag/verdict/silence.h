#ifndef NODECAUSE_VERDICT_SILENCE_H
#define NODECAUSE_VERDICT_SILENCE_H

#include "state/ask.h"
#include "verdict/judging.h"

/* Whether what was repeated has ended. Silence is a proof only where it was observed: the component
 * that logged the last of it continued to log for at least three intervals and at least a minute. */

/* How a complaint is repeated. */
struct rhythm {
    const struct event *first, *last;
    size_t times;        /* records that report it */
    int64_t interval_us; /* nine of ten pauses are not longer; 0 when it was seen once */
};

/* Of the finding's events. */
struct rhythm silence_rhythm(const struct judging *it, const struct finding *finding);

/* The question of status: true when it ended and that was observed; false when it was still there at
 * the end of what its component logged; unknown when it was seen once, or its component did not log
 * long enough after it. Ask it with the rhythm of a finding, or with one of your own: `last`,
 * `times` and `interval_us` are read. Decide first on what is lasting by
 * nature, or of an earlier boot. */
enum tristate silence_has_ended(const struct judging *it, const struct rhythm *rhythm);

/* `not seen for the last 38 of 40 min`, for a rhythm that ended: of the time in which its
 * component logged. In the report's arena; NULL when that is not known. */
const char *silence_sentence(const struct judging *it, const struct rhythm *rhythm);

#endif

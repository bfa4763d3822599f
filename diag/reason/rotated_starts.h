#ifndef NODECAUSE_REASON_ROTATED_STARTS_H
#define NODECAUSE_REASON_ROTATED_STARTS_H

#include "timeline/runs.h"

/* Adds a blind spot for each unit where the log begins in the middle of a run in which something
 * went wrong: what led to it may be in a part that was rotated away. `notes` may be NULL. */
void rotated_starts_note(const struct timeline *timeline, const struct runs *runs,
                         const struct rules *rules, struct notes *notes);

#endif

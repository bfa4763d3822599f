#ifndef NODECAUSE_TIMELINE_RUNS_H
#define NODECAUSE_TIMELINE_RUNS_H

#include "timeline/timeline.h"

/* One execution of a unit's process, from its start to its exit: an invocation, as systemd calls
 * it. */
struct run {
    uint32_t node, unit;
    uint32_t first, last;         /* indexes of events of the timeline */
    bool begun, ended;            /* the log has its start, its end */
    bool begun_itself;            /* the process itself logged the start */
    bool has_pid, has_invocation; /* by which its lines are known */
    uint32_t asked;               /* event by which systemd was asked to stop it; NO_EVENT */
};

struct runs {
    struct run *items; /* in the order of their first events; in the timeline's arena */
    size_t n;
};

/* Finds the runs, and sets `run` of each event of the timeline. */
struct runs runs_find(struct timeline *timeline, const struct rules *rules);

#endif

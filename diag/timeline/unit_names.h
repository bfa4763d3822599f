#ifndef NODECAUSE_TIMELINE_UNIT_NAMES_H
#define NODECAUSE_TIMELINE_UNIT_NAMES_H

#include "timeline/timeline.h"

/* What a unit is called in the log: kubelet.service, snap.kubelet.daemon.service. */

/* Whose unit: that of a stream, on a node of the timeline. */
struct unit_question {
    const struct timeline *timeline;
    const struct streams *streams;
    uint32_t node, stream;
};

/* The latest name of the unit in the log; empty: unknown. Borrowed from the log, or in `arena`. */
struct span unit_name_find(const struct unit_question *question, struct arena *arena);

/* Its name, if the log has only one; empty: unknown, or there are several, as of two container
 * runtimes. The identifier of a process that several units run (k3s, of a server or of an agent) proves
 * nothing. */
struct span unit_name_only(const struct unit_question *question, struct arena *arena);

#endif

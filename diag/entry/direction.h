#ifndef NODECAUSE_ENTRY_DIRECTION_H
#define NODECAUSE_ENTRY_DIRECTION_H

#include "entry/batch.h"

/* Do the records of the batch stand newest first (`journalctl -r`, web consoles)? Neighbours vote,
 * by time and, within the same second, by klog's stamp, which is finer. Looks at the first records
 * only. */
bool direction_newest_first(const struct batch *batch);

#endif

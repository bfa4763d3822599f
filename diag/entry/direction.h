#ifndef NODECAUSE_ENTRY_DIRECTION_H
#define NODECAUSE_ENTRY_DIRECTION_H

#include "entry/batch.h"

/* True if the records of the batch are newest first (`journalctl -r`, web consoles). Compares
 * neighbours by time and, within the same second, by klog's timestamp, which is finer. Inspects the
 * first records only. */
bool direction_newest_first(const struct batch *batch);

#endif

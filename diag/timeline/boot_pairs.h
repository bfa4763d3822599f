#ifndef NODECAUSE_TIMELINE_BOOT_PAIRS_H
#define NODECAUSE_TIMELINE_BOOT_PAIRS_H

#include "timeline/event.h"

/* Seconds since a boot of which the log does not say when it began: an input (dmesg) is put on the clock of its node by
 * the entries that it has in common with inputs that have the time. Where two of them differ, or one is
 * outside of the range that is known for it, nothing is changed. The nodes and times of the events are set. */
void boot_pairs_align(struct event *events, size_t n);

/* Notes the nodes of which some entries have times, and others only seconds since a boot that nothing dates, not even
 * within a range: what came first is not known. `hosts`: names of the `n_nodes` nodes. `notes` may be NULL. */
void boot_pairs_note(const struct event *events, size_t n, const struct span *hosts, size_t n_nodes,
                     struct notes *notes);

#endif

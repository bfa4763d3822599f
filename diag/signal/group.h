#ifndef NODECAUSE_SIGNAL_GROUP_H
#define NODECAUSE_SIGNAL_GROUP_H

#include "signal/signal.h"

/* Signals that say the same, as the store keeps them. */
struct signal_group {
    const struct signal *signal; /* the first by time: facts, tables, host, boot, unit of all */
    uint64_t count;              /* how often it was seen, kept or not */
    const struct signal *last;   /* the last by time; equals `signal` when count is 1 */
};

#endif

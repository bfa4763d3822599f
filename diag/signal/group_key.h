#ifndef NODECAUSE_SIGNAL_GROUP_KEY_H
#define NODECAUSE_SIGNAL_GROUP_KEY_H

#include "base/buf.h"
#include "signal/signal.h"

/* Writes the key of the group that the signal belongs to over what `key` held: rule, signal, streams,
 * host, boot, unit, facts and tables. */
void group_key_make(struct buf *key, const struct signal *signal);

uint64_t group_key_hash(struct span key);

/* Adds a number to a hash: one round of a 64-bit mixer (the finaliser of splitmix64). */
uint64_t group_key_mix(uint64_t hash, uint64_t number);

#endif

#ifndef NODECAUSE_SIGNAL_GROUP_KEY_H
#define NODECAUSE_SIGNAL_GROUP_KEY_H

#include "signal/signal.h"

/* What signals of one group have in common: rule, signal, streams, host, boot, unit, facts and
 * tables. */

/* Equal for signals of one group. */
uint64_t group_key_hash(const struct signal *signal);

/* Are both of one group? */
bool group_key_equal(const struct signal *a, const struct signal *b);

uint64_t group_key_hash_text(struct span text);

/* Adds a number to a hash: one round of a 64-bit mixer (the finaliser of splitmix64). */
uint64_t group_key_mix(uint64_t hash, uint64_t number);

#endif

#ifndef NODECAUSE_SIGNAL_QUOTA_H
#define NODECAUSE_SIGNAL_QUOTA_H

#include "signal/group.h"

/* Which groups stay when there is room for only some of them.
 *
 * Each signal of each rule has an equal share of the room; what one does not use goes to the
 * others. So a storm of one signal, however many different facts it has, pushes out none of the
 * others. A signal with more groups than its share keeps its first and its newest ones. */

/* Sets keep[i] of each of the `n` groups. About `room` of them stay, and at least one of each
 * signal. */
void quota_choose(const struct signal_group *const *groups, size_t n, size_t room, bool *keep);

#endif

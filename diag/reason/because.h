#ifndef NODECAUSE_REASON_BECAUSE_H
#define NODECAUSE_REASON_BECAUSE_H

#include "base/arena.h"
#include "reason/when.h"

/* What made the tree true, for people: "signal `dial` was found at least 3 times, signal `registered`
 * was not found". In `arena`; empty when the tree is not true. */
const char *because_true(const struct when *when, const struct when_scope *scope,
                         struct arena *arena);

/* The first state that the tree asks for and that is unknown; NULL: none. */
const struct state_rule *because_unknown(const struct when *when, const struct when_scope *scope);

#endif

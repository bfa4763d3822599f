#ifndef NODECAUSE_FINDING_TEMPLATE_CHECK_H
#define NODECAUSE_FINDING_TEMPLATE_CHECK_H

#include "base/arena.h"
#include "base/error.h"
#include "base/span.h"

/* The text as it reads before anything is known, for manuals: the words after `|` if there are any,
 * else the name as `<device>`. In `arena`. */
const char *template_show(const char *text, struct arena *arena);

/* Checks the grammar: 0, or -EINVAL with the column in *reterr. `visit` is called with each name
 * (`swaps`, `swaps.device`, `in_fstab.line`); may be NULL. */
int template_check(const char *text, void (*visit)(void *data, struct span name), void *data,
                   struct error *reterr) MUST_CHECK;

#endif

#ifndef NODECAUSE_RULE_UNIT_PATTERN_H
#define NODECAUSE_RULE_UNIT_PATTERN_H

#include "rule/builder.h"
#include "rule/streams_load.h"

/* The pattern of `in node` or `not in node`: the units of the stream or group of that name, as one
 * PCRE2 in the arena. -EINVAL at the condition when there is no such stream or group, or a member of
 * the group is not a stream. */
int unit_pattern(const struct unit_condition *condition, const struct stream_table *table,
                 struct arena *arena, struct span *ret, struct error *reterr) MUST_CHECK;

#endif

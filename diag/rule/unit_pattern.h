#ifndef NODECAUSE_RULE_UNIT_PATTERN_H
#define NODECAUSE_RULE_UNIT_PATTERN_H

#include "rule/streams_load.h"

/* Fills the text of the pattern of `in node` or `not in node`: the units of the stream or group of
 * that name, as one PCRE2 in the arena. -EINVAL at the condition (`at`) when there is no such stream
 * or group, or a member of the group is not a stream. */
int unit_pattern(const struct yaml *at, const struct stream_table *table, struct arena *arena,
                 struct rule_pattern *pattern, struct error *reterr) MUST_CHECK;

#endif

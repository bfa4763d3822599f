#ifndef NODECAUSE_RULE_RELINK_H
#define NODECAUSE_RULE_RELINK_H

#include "rule/builder.h"

/* What resolve_names() does for a rule of builtin_tables in a set that has other rules too: its
 * indexes of rules, which are those of the tables, become those of the set (`rules`). What names a
 * disabled rule is left out. */
void relink(const struct rules *rules, struct arena *arena, struct built_rule *built);

#endif

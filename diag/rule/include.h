#ifndef NODECAUSE_RULE_INCLUDE_H
#define NODECAUSE_RULE_INCLUDE_H

#include "base/vec.h"
#include "rule/yaml.h"

/* common.yaml: named parts of rules, which a rule takes over with `includes: name`. */
struct include_table {
    VEC(const struct yaml *) parts; /* maps; their key is the name */
};

/* Adds the parts of a common.yaml, which may include those above them; one of a name that is there
 * already replaces it for what includes it later. They are in the arena, and borrow from the tree.
 * -EINVAL with the place. */
int includes_load(const struct yaml *root, struct arena *arena, struct include_table *table,
                  struct error *reterr) MUST_CHECK;

/* The tree of a checked rule with the parts that it includes: their items are appended to the rule's
 * lists, but for those that the rule has itself: the same text, or a map with the same value of its
 * first key (`rule: systemd/unit-exited`, `kind: verify`). `*ret` is `root` when it includes
 * nothing, else in the arena. -EINVAL for an unknown name. */
int includes_expand(const struct include_table *table, const struct yaml *root, struct arena *arena,
                    const struct yaml **ret, struct error *reterr) MUST_CHECK;

#endif

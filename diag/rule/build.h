#ifndef NODECAUSE_RULE_BUILD_H
#define NODECAUSE_RULE_BUILD_H

#include "base/vec.h"
#include "rule/yaml.h"

/* From the checked tree of one file (rule/schema.h) to one rule. Everything that the file alone can
 * tell is done here; names of other rules and of streams are left to rule/resolve.h. */

/* All patterns of a rule set; their indexes stand in the rules. */
struct pattern_table {
    VEC(struct rule_pattern) list;
};

/* A rule on its way. */
struct draft {
    struct rule rule;
    struct signal_rule *signals; /* rule.signals, to be written to */
    const struct span *facts;    /* names of all facts, columns as `table.column` */
    size_t n_facts;
    bool trusted; /* then they are not known */
    bool disabled;
    bool idle; /* disabled, but there was nothing to disable */
};

struct build_options {
    bool with_tests;
    bool trusted; /* checked before: patterns are not compiled, names of facts not looked up */
};

/* Fills `ret->rule` from `root`, but for what names streams and other rules. `ret->rule.id` and
 * `origin` are the caller's. All of it lives in the arena, and borrows from the tree. */
int build_rule(const struct yaml *root, const struct build_options *options, struct arena *arena,
               struct pattern_table *patterns, struct draft *ret, struct error *reterr) MUST_CHECK;

/* The tree of questions at `node`, with the names of the draft's signals and states. */
int build_when(const struct draft *draft, const struct yaml *node, struct arena *arena,
               const struct when **ret, struct error *reterr) MUST_CHECK;

/* `same:` as a mask; `otherwise` when `map` has none. */
unsigned build_same(const struct yaml *map, unsigned otherwise);

/* `within:` of the map in microseconds, 0 when it has none. */
int64_t build_within(const struct yaml *map);

/* The texts of such a value, NULL-terminated; an empty list when `node` is NULL. */
const char *const *build_strings(const struct yaml *node, struct arena *arena);

#endif

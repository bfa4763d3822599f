#ifndef NODECAUSE_RULE_RESOLVE_H
#define NODECAUSE_RULE_RESOLVE_H

#include "base/buf.h"
#include "rule/builder.h"

/* What the built rules of a whole set say about each other: rules by id, streams by name. */
struct resolver {
    struct built_rule *built;  /* in the order of ids, without disabled ones */
    const struct rules *rules; /* the same rules; its streams are complete, and so is its list of
                                * disabled rules: what names them is left out */
    struct arena *arena;
};

/* Fills what build_rule() left open. -EINVAL for an unknown stream or rule. */
int resolve_names(const struct resolver *resolver, struct built_rule *built,
                  struct error *reterr) MUST_CHECK;

/* When all names are resolved: -EINVAL for a cycle of `explains`; the error shows its path. */
int resolve_cycles(const struct resolver *resolver, struct error *reterr) MUST_CHECK;

#endif

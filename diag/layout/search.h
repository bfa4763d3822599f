#ifndef NODECAUSE_LAYOUT_SEARCH_H
#define NODECAUSE_LAYOUT_SEARCH_H

#include "base/vec.h"
#include "layout/load.h"
#include "rule/rule_search.h"

/* The layouts of a run come from where its rules do: those compiled into the program, then layouts/ in each
 * directory of rules. Of layouts with the same name the last one wins. */
struct layout_search {
    struct layout_set *set;
    VEC(struct error) skipped; /* bad files that were left out */
};

/* Loads them. `search` may be NULL: only those compiled in; its on_skip is called for each bad file, which is an error
 * with `strict`. -EINVAL or another negative errno then. Call layout_search_done() in any case. */
int layout_search_load(const struct rule_search *search, struct layout_search *ret,
                       struct error *reterr) MUST_CHECK;
void layout_search_done(struct layout_search *search);

/* The layout with the name. -EINVAL when there is none, with the nearest name. */
int layout_search_find(const struct layout_search *search, const char *name,
                       const struct layout **ret, struct error *reterr) MUST_CHECK;

#endif

#ifndef NODECAUSE_BUNDLE_ROOTS_H
#define NODECAUSE_BUNDLE_ROOTS_H

#include "bundle/tree.h"
#include "layout/layout.h"

/* Where in a tree bundles begin, and of which kind they are. There may be several: one report for each node in an
 * archive of them, a bundle that lies in another one. */
struct root {
    struct span path; /* of its folder, with `/` at the end; empty: the top of the tree */
    const struct layout *layout;
    struct span node;      /* that the bundle names; empty: it names none */
    struct span collected; /* the texts that say when it was written; empty: none does */
};

struct roots {
    VEC(struct root) items; /* the deepest ones first */
};

/* Is the text of the file with this path needed to recognise bundles? */
bool roots_want(const struct layouts *layouts, struct span path);

/* Finds them; with `layouts->forced` only one, the first folder that has more than a folder in it. Paths and names live in the tree. */
void roots_find(struct tree *tree, const struct layouts *layouts, struct roots *ret);

void roots_done(struct roots *roots);

/* The bundle that the path is in, or NULL; `*ret_below` is the path seen from its root. */
const struct root *roots_of(const struct roots *roots, struct span path, struct span *ret_below);

#endif

#ifndef NODECAUSE_BUNDLE_CHOICE_H
#define NODECAUSE_BUNDLE_CHOICE_H

#include "bundle/roots.h"
#include "bundle/unread.h"

/* A file of a tree that is read, and what it is. */
struct bundle_choice {
    const struct tree_member *member;
    const struct root *root;        /* the bundle it is in; NULL: of no known kind */
    const struct layout_file *file; /* what it is; NULL: only its content says */
    size_t rank;                    /* of its best name among the paths of `file` */
    struct span node;               /* whose it is by its path; empty: the path does not say */
    struct span hostname;           /* of the node whose bundle it is; empty: unknown */
};

struct bundle_choices {
    VEC(struct bundle_choice) items; /* in the order of reading */
    struct unread
        unread; /* its parts are the indexes of the roots; of no known kind: how many roots there are */
};

enum {
    CHOICE_FILES = 10000,      /* of unknown files, as many are read */
    CHOICE_NAMED_FILES = 60000 /* of those that layouts name; each takes about 1.5 KiB */
};

/* Chooses the files that are read: by the layout of the bundle that they are in, under any of their names; where that
 * says nothing by the layout `any`; what is in no known bundle by its path alone, of more than `most` files those that
 * say most about a node (bundle/path_rank.h). How many are not read, and where, is noted. */
void choices_make(struct tree *tree, const struct roots *roots, const struct layout *any,
                  size_t most, struct notes *notes, struct bundle_choices *ret);

void choices_done(struct bundle_choices *choices);

#endif

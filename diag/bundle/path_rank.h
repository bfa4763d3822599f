#ifndef NODECAUSE_BUNDLE_PATH_RANK_H
#define NODECAUSE_BUNDLE_PATH_RANK_H

/* How much a file says about a node, by its path alone: 0 is the most. A collection of a node's
 * files has more of them than can be read, and most are of no use. */
enum {
    PATH_RANK_OTHER = 4, /* no pattern matches */
    PATH_RANKS = 6
};

/* `path` begins with `/`, which is the root of the collection. */
int path_rank(const char *path);

#endif

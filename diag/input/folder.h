#ifndef NODECAUSE_INPUT_FOLDER_H
#define NODECAUSE_INPUT_FOLDER_H

#include "entry/notes.h"

/* As many files of one directory are read. */
enum {
    FOLDER_FILES = 10000
};

/* Calls `visit` with the path of each regular file below the directory, in the order of their
 * names, so that the same tree gives the same report. Symbolic links are not followed: a bundle
 * from a stranger must not read this host. Of more than `most` files those are visited that say most
 * about a node (input/path_rank.h); how many are not, and where, is noted, as is what lies too deep.
 * 0, or a negative errno when the directory itself cannot be read. `notes` may be NULL. */
int folder_walk(const char *directory, size_t most, struct notes *notes,
                void (*visit)(void *data, const char *path), void *data);

/* Why a directory cannot be read, in words, for a negative errno. Static. */
const char *folder_explain(int code);

#endif

#ifndef NODECAUSE_INPUT_FOLDER_H
#define NODECAUSE_INPUT_FOLDER_H

#include "entry/notes.h"

/* Calls `visit` with the path of each regular file below the directory, in the order of their
 * names, so that the same tree gives the same report. Symbolic links are not followed: a bundle
 * from a stranger must not read this host. Bounded in depth and number; what is left out is noted.
 * 0, or a negative errno when the directory itself cannot be read. `notes` may be NULL. */
int folder_walk(const char *directory, struct notes *notes,
                void (*visit)(void *data, const char *path), void *data);

/* Why a directory cannot be read, in words, for a negative errno. Static. */
const char *folder_explain(int code);

#endif

#ifndef NODECAUSE_BUNDLE_DIRECTORY_H
#define NODECAUSE_BUNDLE_DIRECTORY_H

#include "base/span.h"
#include "entry/notes.h"

/* A regular file or a symbolic link in a directory. Valid during the visit. */
struct directory_file {
    const char *path;   /* the directory's own path, and below it */
    const char *below;  /* of that: from the directory on, without `/` before it */
    const char *target; /* of a symbolic link; NULL: a regular file */
    uint64_t size;      /* bytes */
    int64_t time_us;    /* modification */
};

/* Calls `visit` with each file below the directory, folder by folder in the order of their names. Symbolic links are not
 * followed: a bundle from a stranger must not read this host. What lies too deep, cannot be read, or is beyond the limit
 * of files is noted. 0, or a negative errno when the directory itself cannot be read. `notes` may be NULL. */
int directory_list(const char *directory, struct notes *notes,
                   void (*visit)(void *data, const struct directory_file *file), void *data);

/* Why a directory cannot be read, in words, for a negative errno. Static. */
const char *directory_explain(int code);

#endif

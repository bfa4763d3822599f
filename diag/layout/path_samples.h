#ifndef NODECAUSE_LAYOUT_PATH_SAMPLES_H
#define NODECAUSE_LAYOUT_PATH_SAMPLES_H

#include "base/arena.h"
#include "layout/path_glob.h"

/* Paths that a glob matches. They are so different that another glob that matches all of them matches, but for
 * far-fetched ones, whatever this one does. */
enum {
    PATH_SAMPLES = 512 /* more are left out */
};

struct path_samples {
    const char **items;
    size_t n;
};

struct path_samples path_samples_of(struct span glob, enum path_glob_kind kind,
                                    struct arena *arena);

#endif

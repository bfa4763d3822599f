#ifndef NODECAUSE_BUNDLE_SCAN_H
#define NODECAUSE_BUNDLE_SCAN_H

#include "base/error.h"
#include "base/progress.h"
#include "bundle/tree.h"
#include "layout/layout.h"

/* Finds the members of a bundle, in one pass over each archive. */
struct scan {
    struct tree *tree;
    struct notes *notes;       /* may be NULL */
    struct progress *progress; /* may be NULL */
    bool has_thread;           /* another thread may decompress */
    const struct deadline
        *deadline; /* until when archives may be read, in all passes; NULL: no limit */

    /* Is the text of the file with this path to be kept? */
    bool (*is_wanted)(void *data, struct span path);

    /* Is the end of the file to be kept? NULL: of no file. */
    bool (*is_tail_wanted)(void *data, struct span path);

    /* The form of its sections, if it has any. NULL: no file has. */
    enum section_form (*sections_of)(void *data, struct span path);
    void *data;
};

/* Is the file an archive, compressed or not? */
bool scan_is_archive(const char *path);

/* Adds the members of an archive file, whose texts live in the tree, below `top` in it ("": its top). Negative errno
 * when it cannot be opened. */
int scan_archive(const struct scan *scan, const struct pass_file *file, const char *top,
                 struct error *reterr);

/* Adds the files of a directory, and the members of archives among them. */
int scan_directory(const struct scan *scan, const char *path);

#endif

#ifndef NODECAUSE_LAYOUT_PATH_GLOB_H
#define NODECAUSE_LAYOUT_PATH_GLOB_H

#include "base/error.h"
#include "base/span.h"

/* Globs of paths inside a bundle, as layouts have them.
 *
 *   sos_commands/{kubernetes,openshift}/journalctl_*kubelet*
 *   nodes/<node>/<node>_logs_kubelet.gz
 *
 * `*` and `?` stay within one name, `**` is any number of folders, `{a,b}` is one of several, `[...]` a set of
 * characters, `<node>` one name, or part of it, that is the node's. A glob that ends with `/` matches everything in
 * that folder. */
struct path_glob;

enum path_glob_kind {
    PATH_GLOB_WHOLE,   /* the whole path, seen from the root of the bundle */
    PATH_GLOB_ROTATED, /* the same, also `.1`, `-20240612`, `.old`, `.gz` and the like after it */
    PATH_GLOB_BELOW,   /* the end of a path: what is before it is the root of the bundle */
};

/* -EINVAL with a message. */
int path_glob_compile(struct span text, enum path_glob_kind kind, struct path_glob **ret,
                      struct error *reterr) MUST_CHECK;
void path_glob_free(struct path_glob *glob); /* NULL is fine */
DEFINE_CLEANUP(struct path_glob, path_glob_free)

/* What a match shows; empty spans borrow nothing, others from the path. */
struct path_match {
    struct span root; /* of PATH_GLOB_BELOW: `a/b/`, or empty for the top */
    struct span node; /* empty: the glob has no `<node>` */
};

bool path_glob_matches(const struct path_glob *glob, struct span path, struct path_match *ret);

/* The glob as written. */
struct span path_glob_text(const struct path_glob *glob);

#endif

#ifndef NODECAUSE_BUNDLE_TREE_H
#define NODECAUSE_BUNDLE_TREE_H

#include "base/arena.h"
#include "base/vec.h"
#include "bundle/pass.h"
#include "entry/notes.h"

/* The members of a bundle, by path: files in a directory, in archives, and in archives in these. A list of names;
 * nothing is opened by a name that an archive has. */

enum member_kind {
    MEMBER_FILE,
    MEMBER_LINK,     /* another name of a file */
    MEMBER_ARCHIVE,  /* its own members are in the tree, below its path */
    MEMBER_SECTIONS, /* its sections are in the tree, below its path */
    MEMBER_OLD,      /* a later member of the archive has the same path */
    MEMBER_UNREAD,   /* a journal that is not copied: that is noted */
};

struct tree_member {
    enum member_kind kind;
    bool entered; /* a pass enters it: it is an archive, if perhaps an old one */
    const char *
        path; /* seen from the top of the tree, without `.`, `..` and empty names: `n1/var/log/messages` */
    const char
        *name; /* for the user: `/tmp/n1/var/log/messages`, `sos.tar.xz!n1/var/log/messages` */
    const char *target; /* of a link: the path it leads to, or NULL: out of the tree */
    uint32_t archive;   /* index of tree.archives, or TREE_ON_DISK; */
    uint32_t number;    /* of the member in a pass over the archive (bundle/pass.h) */
    uint64_t size;      /* bytes, as far as known */
    uint64_t offset;    /* of a section: of its first byte in the file */
    uint64_t line;      /* of a section: number of its first line, from 1; 0: a whole file */
    int64_t time_us;    /* modification; TIME_UNKNOWN */
    struct span text;   /* the first TREE_TEXT_BYTES of it, if they were kept */
    const char *copy;   /* path of a copy, or NULL */
};

enum {
    TREE_ON_DISK = UINT32_MAX,
    TREE_MEMBERS = 500000,
    TREE_PATH_BYTES = 4096, /* longer ones are not listed */
    TREE_NAMES_BYTES =
        40 * 1024 * 1024,        /* of all of them; with the rest of the tree about 120 MiB */
    TREE_TEXT_BYTES = 64 * 1024, /* of one file */
    TREE_TAIL_BYTES = 4 * 1024,
    TREE_TEXTS_BYTES = 16 * 1024 * 1024, /* of all of them */
    TREE_LINKS = 8                       /* links one after the other */
};

struct map;
struct scratch;

struct tree {
    struct arena *arena;
    VEC(struct tree_member) members;
    const char *directory; /* that the files on disk lie below; NULL: it is an archive */
    VEC(struct pass_file) archives;
    VEC(struct kept *) kept; /* of the archives, owned */
    VEC(int) held;           /* descriptors of journals on disk, of a copy of standard input */
    struct scratch *scratch; /* what has the copies; NULL: there are none */
    VEC(char *) copies;      /* their paths */
    struct map *by_path;     /* to index + 1 */
    size_t n_text_bytes, n_name_bytes, n_kept_bytes;
    uint64_t n_copied; /* bytes of the copies */
};

struct tree *tree_new(void);
void tree_free(struct tree *tree); /* NULL is fine */
DEFINE_CLEANUP(struct tree, tree_free)

/* No more can be added. */
bool tree_is_full(const struct tree *tree);

/* Adds a member; a file of the same path that is there already becomes MEMBER_OLD. NULL: there are TREE_MEMBERS,
 * or TREE_NAMES_BYTES. Valid until the next one is added. */
struct tree_member *tree_add(struct tree *tree, const struct tree_member *member);

/* The member with the path, or NULL. */
const struct tree_member *tree_find(const struct tree *tree, struct span path);

/* The file that the member is, through links; NULL: none in the tree. */
const struct tree_member *tree_resolve(const struct tree *tree, const struct tree_member *member);

/* The first bytes of a file: what was kept of it, or, on disk, what can be read. */
struct span tree_text(struct tree *tree, const struct tree_member *member);

/* The last bytes of a file: what was kept of a file of which they are wanted (bundle/scan.h), or, on disk, what can be read. */
struct span tree_tail(struct tree *tree, const struct tree_member *member);

/* Joins `base`, a folder, and `path` to a path of a tree: without `.`, empty names and what leads above the top.
 * `path` that begins with `/` is seen from `top`, which `base` begins with. In the arena. */
const char *tree_path(struct tree *tree, struct span top, struct span base, struct span path);

/* Sets the name of the member, and as its path that of `path` in `top`. In the arena, and only once where the path is
 * the end of the name, as it mostly is. */
void tree_set_name(struct tree *tree, struct tree_member *member, struct span name, struct span top,
                   struct span path);

#endif

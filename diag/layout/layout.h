#ifndef NODECAUSE_LAYOUT_LAYOUT_H
#define NODECAUSE_LAYOUT_LAYOUT_H

#include "base/arena.h"
#include "layout/path_glob.h"

/* Kinds of support bundles: how one is recognised, and what its files are. From rules/layouts/<kind>.yaml
 * (layout/load.h); rules/layouts/README.md is the manual. All paths are seen from the root of the bundle. */

struct yaml;

struct path_globs {
    struct path_glob *const *items;
    size_t n;
};

/* What a file is read as. */
enum layout_use {
    LAYOUT_LOG,
    LAYOUT_STATE,
    LAYOUT_ARCHIVE,  /* a bundle inside this one */
    LAYOUT_SECTIONS, /* a file of sections, which are read as the files of a folder */
    LAYOUT_SKIP, /* nothing: it says nothing about the node, or only what other files say better */
};

/* How sections begin (bundle/sections.h). */
enum section_form {
    SECTIONS_NONE,
    SECTIONS_SUPPORTCONFIG,
    SECTIONS_CLUSTER_INFO_DUMP,
};

struct layout_file {
    struct path_globs paths;
    enum layout_use use;
    const char *log;    /* stream of the component that all of it is of; "": the file says which */
    const char *state;  /* kind of state; "": the file says which */
    const char *format; /* of the log; "": the file says which */
    const char *zone;   /* of its stamps: `UTC`; "": that of the node */
    const char *why;    /* it is skipped; "": it is not */
    const char *keeps;  /* what the collector keeps of it: `the last 60 lines`; "": all of it */
    enum section_form sections; /* of LAYOUT_SECTIONS */
    bool crash; /* the end of a boot, of which the path says when it was (bundle/crash.h) */
    bool first; /* of the files that match, only one is read: of the first path that has any */
};

/* Paths which, all together, are found in this kind only. */
struct layout_sign {
    struct path_globs paths; /* PATH_GLOB_BELOW */
    const char *contains;    /* text in the first of them; "": its name is enough */
};

struct layout {
    const char *name, *title, *url;
    const struct layout_sign *signs; /* any of them */
    size_t n_signs;
    const char *const
        *hostname; /* paths of files whose first word is the node's name, the best one first */
    const char *const *collected; /* paths of files with the time at which the bundle was written */
    const char
        *commands; /* how the name of a file ends that says which command printed the one beside it
                           * (bundle/command.h); "": none does */
    const struct layout_file *files; /* the first that matches decides */
    size_t n_files;
    const struct yaml *tree;  /* its file, for lint */
    const char *const *never; /* what this kind never holds, in words; lists are NULL-terminated */
};

struct layouts {
    const struct layout *items;
    size_t n;
    const struct layout *forced; /* all bundles are of this kind; NULL: their signs say */
};

/* The layout with the name, or NULL. */
const struct layout *layouts_find(const struct layouts *layouts, struct span name);

/* What a match shows. */
struct layout_match {
    struct span node; /* empty: the path has no `<node>` */
    size_t rank;      /* of the path that matched, among those of the layout_file */
};

/* The form of the sections that a file with this path has, in whatever folder the bundle begins. */
enum section_form layouts_sections_of(const struct layouts *layouts, struct span path);

/* Is a file with this path the record of a crash, in whatever folder the bundle begins? */
bool layouts_is_crash(const struct layouts *layouts, struct span path);

/* Is the file one of this layout? */
bool layout_has(const struct layout *layout, const struct layout_file *file);

/* What the layout says of the file; NULL: nothing. `*ret` is filled in when it says something. */
const struct layout_file *layout_file_of(const struct layout *layout, struct span path,
                                         struct layout_match *ret);

#endif

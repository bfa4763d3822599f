#ifndef NODECAUSE_WORKBENCH_RULE_PATH_H
#define NODECAUSE_WORKBENCH_RULE_PATH_H

#include "base/buf.h"
#include "base/error.h"
#include "cli/options.h"

/* A file or directory of rules that the command line names, and the directory that the ids of its
 * rules are relative to: its root. So a rule has the same id whichever folder is named. */
struct rule_path {
    const char *word;    /* as it was typed; borrowed */
    char *real;          /* absolute, without links; owned */
    struct span root;    /* the first bytes of `real`; empty: a file in no tree */
    const char *below;   /* the folder of the root to load, in `real`; "": all of it */
    bool in_directories; /* the root is one of --rules */
    size_t n_files;      /* how many were found in it; counted by the caller */
};

/* The root is the one of `directories` (--rules) that holds the path, else the folder above it, or
 * itself, that holds streams.yaml. In no tree, the id of a rule is the name of its folder and file.
 * -EINVAL for a file that does not end in .yaml, other negative errno when it cannot be found. Call
 * rule_path_done() in any case. */
int rule_path_init(struct rule_path *path, const char *word, const string_list *directories,
                   struct error *reterr) MUST_CHECK;
void rule_path_done(struct rule_path *path);

/* Is `path` the directory, or in it? Both are absolute, without links. */
bool rule_path_is_below(struct span path, struct span directory);

/* Appends the root as the user would type it, for messages. */
void rule_path_add_root(struct buf *out, const struct rule_path *path);

/* Appends the id of the rule of a file in no tree: `acme/one` of /home/me/acme/one.yaml. */
void rule_path_add_id(struct buf *out, const struct rule_path *path);

#endif

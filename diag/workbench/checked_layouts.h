#ifndef NODECAUSE_WORKBENCH_CHECKED_LAYOUTS_H
#define NODECAUSE_WORKBENCH_CHECKED_LAYOUTS_H

#include "cli/rule_options.h"
#include "layout/search.h"
#include "workbench/rule_path.h"

/* The layouts to check: those of the files and directories among the words, or of --rules when no word is given; and
 * those that they are used together with: the built-in ones, those of --rules, and of the tree that a word is in. */
struct checked_layouts {
    struct layout_search all; /* with the errors of bad files */
    VEC(const struct layout *) items;
};

/* A negative errno with a message when a word cannot be read. Call checked_layouts_done() in any case. */
int checked_layouts_load(const struct rule_options *options, const struct words *words,
                         struct checked_layouts *ret, struct error *reterr) MUST_CHECK;
void checked_layouts_done(struct checked_layouts *layouts);

/* Is the path a layout, or in a folder of them, or has such a folder? */
bool checked_layouts_are_in(const struct rule_path *path);

/* Is the path the file of a layout, not of a rule? */
bool checked_layouts_is_file(const struct rule_path *path);

#endif

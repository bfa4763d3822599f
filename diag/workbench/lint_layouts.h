#ifndef NODECAUSE_WORKBENCH_LINT_LAYOUTS_H
#define NODECAUSE_WORKBENCH_LINT_LAYOUTS_H

#include "entry/streams.h"
#include "layout/layout.h"
#include "workbench/lint_list.h"

/* Mistakes in a layout that would silently leave out files, or read them as something else. `all` are those that it
 * is used together with, itself included. */
void lint_layout(struct lint_list *list, const struct layout *layout, const struct layouts *all,
                 const struct streams *streams);

#endif

#ifndef NODECAUSE_CLI_LAYOUT_LIST_H
#define NODECAUSE_CLI_LAYOUT_LIST_H

#include "layout/layout.h"

/* Kinds of support bundles as text, on standard output. */

/* The name, title, page, and what bundles of the kind never hold. */
void layout_print(const struct layout *layout);

/* All of it: also how the kind is recognised, and what its files are. */
void layout_print_all(const struct layout *layout);

#endif

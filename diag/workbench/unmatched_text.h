#ifndef NODECAUSE_WORKBENCH_UNMATCHED_TEXT_H
#define NODECAUSE_WORKBENCH_UNMATCHED_TEXT_H

#include "render/writer.h"
#include "workbench/unmatched_list.h"

/* Writes the list as text; `all`: every line, not only the first 20. */
void unmatched_text_add(const struct unmatched_list *list, const struct writer *writer, bool all);

#endif

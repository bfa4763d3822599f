#ifndef NODECAUSE_WORKBENCH_UNMATCHED_JSON_H
#define NODECAUSE_WORKBENCH_UNMATCHED_JSON_H

#include "base/buf.h"
#include "workbench/unmatched_list.h"

/* Appends the list as one JSON document. */
void unmatched_json_add(const struct unmatched_list *list, struct buf *out);

#endif

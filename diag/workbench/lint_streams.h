#ifndef NODECAUSE_WORKBENCH_LINT_STREAMS_H
#define NODECAUSE_WORKBENCH_LINT_STREAMS_H

#include "workbench/lint_list.h"

/* Adds what streams.yaml says without effect, or with the effect that lines of one component are
 * taken for another's: `no-recognition`, `shadowed`, `short-text`, `dead-path`, `dead-caller`.
 * `trees` are those of rule_set_stream_trees(). */
void lint_streams(struct lint_list *list, const struct streams *streams,
                  const struct yaml *const *trees);

#endif

#ifndef NODECAUSE_CLI_REMEDY_TABLE_H
#define NODECAUSE_CLI_REMEDY_TABLE_H

#include "rule/rule.h"

/* All commands of remedies that change something, with rule, risk and undo, as a page of Markdown on
 * standard output: docs/remedies.md. */
void remedy_table_print(const struct rules *rules);

#endif

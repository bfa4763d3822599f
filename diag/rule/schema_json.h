#ifndef NODECAUSE_RULE_SCHEMA_JSON_H
#define NODECAUSE_RULE_SCHEMA_JSON_H

#include "base/buf.h"

/* Appends the JSON Schema (draft 2020-12) of rule files, on one line. */
void schema_json(struct buf *buf);

/* The same of layouts. */
void schema_json_layout(struct buf *buf);

#endif

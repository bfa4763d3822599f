#ifndef NODECAUSE_RULE_STREAMS_LOAD_H
#define NODECAUSE_RULE_STREAMS_LOAD_H

#include "base/vec.h"
#include "rule/yaml.h"

/* streams.yaml: who speaks. Its keys stand in its head and in rules/README.md. */
struct stream_table {
    VEC(struct stream) list;
};

/* Adds the streams of a file; a stream of a name that is there already replaces it. */
int streams_load(const struct yaml *root, struct arena *arena, struct stream_table *table,
                 struct error *reterr) MUST_CHECK;

#endif

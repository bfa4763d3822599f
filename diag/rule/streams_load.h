#ifndef NODECAUSE_RULE_STREAMS_LOAD_H
#define NODECAUSE_RULE_STREAMS_LOAD_H

#include "base/vec.h"
#include "rule/yaml.h"

/* `node: [kubelet, runtime, 'snap.k8s.*.service']`: units under one name, for conditions. */
struct unit_group {
    const char *name;
    const char *const *members; /* names of streams, and globs of units, which have a dot;
                                 * NULL-terminated */
};

/* streams.yaml: who logs. Its head and rules/README.md describe the keys. */
struct stream_table {
    VEC(struct stream) list;
    VEC(const struct yaml *) trees; /* of each stream; in the arena of the rules */
    VEC(struct unit_group) groups;
};

/* Adds the streams and groups of a file; one of a name that is there already replaces it. */
int streams_load(const struct yaml *root, struct arena *arena, struct stream_table *table,
                 struct error *reterr) MUST_CHECK;

#endif

#ifndef NODECAUSE_RULE_SCHEMA_H
#define NODECAUSE_RULE_SCHEMA_H

#include "base/buf.h"
#include "rule/yaml.h"

/* What may stand in a rule file: one table of all maps and their keys. It makes the errors about
 * unknown keys and wrong types, and the JSON Schema for editors. Whoever reads a tree that was
 * checked here finds every value of the type told and every required key present. */

/* Checks a rule file's tree. -EINVAL with place and sentence. A file with `disabled: true` needs no
 * other key. */
int schema_check_rule(const struct yaml *root, struct error *reterr) MUST_CHECK;

/* The same for common.yaml. */
int schema_check_common(const struct yaml *root, struct error *reterr) MUST_CHECK;

/* The same for streams.yaml. */
int schema_check_streams(const struct yaml *root, struct error *reterr) MUST_CHECK;

/* The JSON Schema (draft 2020-12) of rule files. */
void rule_schema_json(struct buf *buf);

/* How many letters must be put in, taken out, changed or swapped with their neighbour to make `b`
 * of `a`; texts longer than 64 bytes are never near. */
size_t schema_distance(struct span a, struct span b);

/* The nearer of `best` and `candidate` to `name`, for "did you mean"; neither when both are too far
 * away to be a slip of the fingers. `best` may be empty. */
struct span schema_nearer(struct span name, struct span best, struct span candidate);

#endif

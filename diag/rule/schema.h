#ifndef NODECAUSE_RULE_SCHEMA_H
#define NODECAUSE_RULE_SCHEMA_H

#include "rule/yaml.h"

/* Checks trees against the tables of keys (rule/schema_keys.h). Code that reads a checked tree finds
 * each value with the right type and each required key present. */

/* Checks a rule file's tree. -EINVAL with place and sentence. A file with `disabled: true` needs no
 * other key. */
int schema_check_rule(const struct yaml *root, struct error *reterr) MUST_CHECK;

/* The same for common.yaml. */
int schema_check_common(const struct yaml *root, struct error *reterr) MUST_CHECK;

/* The same for streams.yaml. */
int schema_check_streams(const struct yaml *root, struct error *reterr) MUST_CHECK;

/* The same for a layout. */
int schema_check_layout(const struct yaml *root, struct error *reterr) MUST_CHECK;

#endif

#ifndef NODECAUSE_RULE_VALUE_H
#define NODECAUSE_RULE_VALUE_H

#include "rule/yaml.h"

/* Values of a tree that rule/schema.h has checked, as C types. All texts borrow from the tree; lists
 * are in the arena. A map that is NULL has no keys. */

/* The text of the key, terminated; NULL when the map does not have it. */
const char *value_string(const struct yaml *map, const char *key);

/* The texts of a value that is one or a list, NULL-terminated; an empty list when `node` is NULL. */
const char *const *value_strings(const struct yaml *node, struct arena *arena);

/* The same as spans. */
const struct span *value_spans(const struct yaml *node, struct arena *arena, size_t *ret_n);

/* The children of a map as name and text; an empty list when `map` is NULL. */
const struct field *value_fields(const struct yaml *map, struct arena *arena, size_t *ret_n);

/* Is the text of the key `true`? */
bool value_true(const struct yaml *map, const char *key);

/* The number at the key; `otherwise` when the map does not have it. */
uint64_t value_number(const struct yaml *map, const char *key, uint64_t otherwise);

/* Index in `words` of the text of the key; 0 when the map does not have it. */
int value_choice(const struct yaml *map, const char *key, const char *const *words);

/* `within:` of the map in microseconds, 0 by default. */
int64_t value_within(const struct yaml *map);

/* `same:` of the map as a mask of enum same; `otherwise` if it has no such key. */
unsigned value_same(const struct yaml *map, unsigned otherwise);

#endif

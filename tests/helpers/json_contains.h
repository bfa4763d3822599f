#ifndef NODECAUSE_TESTS_HELPERS_JSON_CONTAINS_H
#define NODECAUSE_TESTS_HELPERS_JSON_CONTAINS_H

#include "base/buf.h"

#include <jansson.h>

/* Is all of `expected` in `actual`? Objects may have more keys, and lists of objects more of them
 * in between; anything else is equal. If not, *ret_where is the path to the first difference. */
bool json_contains(const json_t *actual, const json_t *expected, struct buf *ret_where);

#endif

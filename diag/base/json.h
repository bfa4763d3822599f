#ifndef NODECAUSE_BASE_JSON_H
#define NODECAUSE_BASE_JSON_H

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/span.h"

#include <jansson.h>

/* jansson, hardened for untrusted text. */

static inline void json_free_at(json_t **json)
{
    json_decref(*json);
}

/* Parses one value, with whitespace around it allowed. NUL in strings is allowed. Returns 0, or
 * -EBADMSG if it is not JSON or is nested deeper than LIMIT_JSON_DEPTH. The caller releases *ret,
 * with CLEANUP(json_free_at). */
int json_read(struct span text, json_t **ret) MUST_CHECK;

/* Length of the object or array at the start of `text`, ignoring brackets in strings. 0: it does
 * not end in `text`. -EBADMSG: it cannot end, because a string continues past the end of its line,
 * or a line starts with the `{` of the next object. Only finds the end; json_read() checks the
 * syntax. */
ptrdiff_t json_extent(struct span text);

/* The value as text: a string as it is, a number or boolean as in JSON; the empty span for anything
 * else, including NULL. Strings are borrowed from `json`, the rest is allocated in `arena`. */
struct span json_text(const json_t *json, struct arena *arena);

/* json_text() of a member of an object; the empty span if it does not exist. */
struct span json_member(const json_t *object, const char *key, struct arena *arena);

#endif

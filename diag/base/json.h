#ifndef NODECAUSE_BASE_JSON_H
#define NODECAUSE_BASE_JSON_H

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/span.h"

#include <jansson.h>

/* jansson, made safe for text from strangers. */

static inline void json_free_at(json_t **json)
{
    json_decref(*json);
}

/* Reads one value; blanks may surround it, nothing else. NUL inside strings is allowed. 0, or
 * -EBADMSG when it is no JSON or is nested deeper than LIMIT_JSON_DEPTH. The caller releases *ret,
 * by CLEANUP(json_free_at). */
int json_read(struct span text, json_t **ret) MUST_CHECK;

/* Length of the object or array that `text` begins with, brackets in strings not counted. 0: its
 * end is not in `text`. -EBADMSG: it cannot have one, since a string runs over the end of its line,
 * or a line begins with the `{` of the next object. Only looks for the end; whether it is JSON is
 * for json_read() to say. */
ptrdiff_t json_extent(struct span text);

/* The value as text: a string as it is, a number or a truth value as JSON writes it; the empty span
 * for anything else, also for NULL. Strings are borrowed from `json`, the rest is in `arena`. */
struct span json_text(const json_t *json, struct arena *arena);

/* json_text() of a member of an object; the empty span when there is none. */
struct span json_member(const json_t *object, const char *key, struct arena *arena);

#endif

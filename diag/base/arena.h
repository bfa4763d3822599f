#ifndef NODECAUSE_BASE_ARENA_H
#define NODECAUSE_BASE_ARENA_H

#include "base/cleanup.h"
#include "base/span.h"

#include <stddef.h>

/* Memory that is released all at once. Cannot fail (base/alloc.h). Addresses are stable. */
struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is allowed */
DEFINE_CLEANUP(struct arena, arena_free)

/* Releases the contents and keeps some of the memory for reuse. */
void arena_clear(struct arena *arena);

/* Bytes allocated since it was created or cleared. */
size_t arena_size(const struct arena *arena);

/* `n` bytes, aligned for any type, all zero. */
void *arena_alloc(struct arena *arena, size_t n);

/* A copy that is valid until the arena is cleared or freed; NUL-terminated, the NUL not counted. */
struct span arena_copy(struct arena *arena, struct span span);

/* The same as a string. A NUL byte inside the span truncates the string. */
char *arena_string(struct arena *arena, struct span span);

char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

#define ARENA_NEW(arena, type)      ((type *)arena_alloc(arena, sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_alloc(arena, (n) * sizeof(type)))

#endif

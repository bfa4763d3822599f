#ifndef NODECAUSE_BASE_ARENA_H
#define NODECAUSE_BASE_ARENA_H

#include "base/cleanup.h"
#include "base/span.h"

#include <stddef.h>

/* Memory that is released all at once. Cannot fail (base/alloc.h). Addresses are stable. */
struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is fine */
DEFINE_CLEANUP(struct arena, arena_free)

/* Forgets everything in it and keeps some of the memory for reuse. */
void arena_clear(struct arena *arena);

/* Bytes handed out since it was made or cleared. */
size_t arena_size(const struct arena *arena);

/* `n` bytes, aligned for any type, all zero. */
void *arena_alloc(struct arena *arena, size_t n);

/* A copy that lives as long as the arena; terminated, the NUL not counted in its size. */
struct span arena_copy(struct arena *arena, struct span span);

/* The same as a string. A NUL byte inside the span ends the string early. */
char *arena_string(struct arena *arena, struct span span);

char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

#define ARENA_NEW(arena, type)      ((type *)arena_alloc(arena, sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_alloc(arena, (n) * sizeof(type)))

#endif

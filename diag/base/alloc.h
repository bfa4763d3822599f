#ifndef NODECAUSE_BASE_ALLOC_H
#define NODECAUSE_BASE_ALLOC_H

#include <stddef.h>

/* malloc that cannot fail: everything we keep is bounded (base/limits.h), so running out of memory
 * means that the machine is dying, and the process ends with a line on standard error and abort().
 * Memory is released with free(). `n` 0 is allowed and gives a pointer that can be freed. */
void *alloc_bytes(size_t n);                         /* uninitialised */
void *alloc_zeroed(size_t n, size_t size);           /* n items of `size` bytes, all zero */
void *alloc_resized(void *p, size_t n, size_t size); /* realloc to n items of `size` bytes */
char *alloc_string(const char *string); /* a copy of a terminated string; NULL gives NULL */

/* One object of the type, all zero. */
#define ALLOC(type) ((type *)alloc_zeroed(1, sizeof(type)))

#endif

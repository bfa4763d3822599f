#ifndef NODECAUSE_BASE_ALLOC_H
#define NODECAUSE_BASE_ALLOC_H

#include <stddef.h>

/* malloc that cannot fail: everything that is stored is bounded (base/limits.h), so out of memory
 * means that the machine is in serious trouble; the process then prints a line on standard error
 * and calls abort(). Release with free(). `n` may be 0; the pointer can still be freed. */
void *alloc_bytes(size_t n);                         /* uninitialised */
void *alloc_zeroed(size_t n, size_t size);           /* n items of `size` bytes, all zero */
void *alloc_resized(void *p, size_t n, size_t size); /* realloc to n items of `size` bytes */
char *alloc_string(const char *string); /* a copy of a terminated string; NULL gives NULL */

/* One object of the type, all zero. */
#define ALLOC(type) ((type *)alloc_zeroed(1, sizeof(type)))

#endif

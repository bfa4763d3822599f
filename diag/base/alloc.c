/* Allocation that cannot fail. */

#include "base/alloc.h"

#include "base/arithmetic.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void *checked(void *p)
{
    static const char text[] = "nodecause: out of memory\n";

    if (p) {
        return p;
    }
    (void)!write(STDERR_FILENO, text, sizeof(text) - 1);
    abort();
}

void *alloc_bytes(size_t n)
{
    return checked(malloc(n ? n : 1));
}

void *alloc_zeroed(size_t n, size_t size)
{
    return checked(calloc(n ? n : 1, size ? size : 1));
}

void *alloc_resized(void *p, size_t n, size_t size)
{
    size_t bytes;

    if (MUL_OVERFLOWS(n, size, &bytes)) {
        return checked(NULL);
    }
    return checked(realloc(p, bytes ? bytes : 1));
}

char *alloc_string(const char *string)
{
    size_t size;

    if (!string) {
        return NULL;
    }
    size = strlen(string) + 1;
    return memcpy(alloc_bytes(size), string, size);
}

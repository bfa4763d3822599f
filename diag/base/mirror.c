/* One file in memory, mapped twice, one after the other. */

#define _GNU_SOURCE /* memfd_create */
#include "base/mirror.h"

#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

static bool map_at(char *at, size_t size, int fd)
{
    return mmap(at, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0) != MAP_FAILED;
}

static char *map_twice(size_t size, int fd)
{
    char *mirror = mmap(NULL, 2 * size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (mirror == MAP_FAILED) {
        return NULL;
    }
    if (!map_at(mirror, size, fd) || !map_at(mirror + size, size, fd)) {
        mirror_free(mirror, size);
        return NULL;
    }
    return mirror;
}

char *mirror_new(size_t size)
{
    int fd = memfd_create("nodecause", MFD_CLOEXEC);
    char *mirror = NULL;

    if (fd < 0) {
        return NULL;
    }
    if (ftruncate(fd, (off_t)size) == 0) {
        mirror = map_twice(size, fd);
    }
    (void)close(fd);
    return mirror;
}

void mirror_free(char *mirror, size_t size)
{
    if (mirror) {
        (void)munmap(mirror, 2 * size);
    }
}

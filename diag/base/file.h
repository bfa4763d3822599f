#ifndef NODECAUSE_BASE_FILE_H
#define NODECAUSE_BASE_FILE_H

#include "base/buf.h"

/* Appends a small file to `ret`: at most `max` + 1 bytes, so that more than `max` means that it is
 * longer. Negative errno when it cannot be opened or read. */
int file_read(const char *path, size_t max, struct buf *ret);

/* Writes all of the text; negative errno. */
int file_write(int fd, struct span text);

/* Opens what lies below the directory; `path` begins with the directory, as far as its last name. No symbolic link
 * below the directory is followed, not even one that is put there meanwhile. `flags` are those of open(2), besides
 * O_CLOEXEC, O_NOCTTY and O_NONBLOCK. A descriptor, or a negative errno; -ELOOP: there is a link. */
int file_open_below(const char *directory, const char *path, int flags);

/* The same, for reading, and only for a regular file, -EINVAL for others. `directory` may be NULL: then links are
 * followed. */
int file_open_regular(const char *directory, const char *path);

/* As file_read(), for regular files only, -EINVAL for others: opening a FIFO or device that a stranger
 * chose could block or have side effects. With a directory, as file_open_below(). */
int file_read_regular(const char *directory, const char *path, size_t max, struct buf *ret);

#endif

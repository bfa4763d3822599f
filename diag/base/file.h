#ifndef NODECAUSE_BASE_FILE_H
#define NODECAUSE_BASE_FILE_H

#include "base/buf.h"

/* Appends a small file to `ret`: at most `max` + 1 bytes, so that more than `max` means that it is
 * longer. Negative errno when it cannot be opened or read. */
int file_read(const char *path, size_t max, struct buf *ret);

/* The same for regular files only, -EINVAL for others: opening a FIFO or device that a stranger
 * chose could block or have side effects. */
int file_read_regular(const char *path, size_t max, struct buf *ret);

#endif

#ifndef NODECAUSE_SOURCE_READ_AHEAD_H
#define NODECAUSE_SOURCE_READ_AHEAD_H

#include "base/cleanup.h"

#include <stddef.h>
#include <stdint.h>

/* Reads in a thread of its own what will be asked for next: decompressing takes as long as all
 * else. A ring of buffers is between the two threads; memory does not grow. */
struct read_ahead;

/* Starts the thread, which calls `read` (as read(2), but it never waits for long) until its end.
 * No other thread may use `source` until read_ahead_read() has given the end, or read_ahead_free()
 * returns. NULL: the system has no thread for us. */
struct read_ahead *read_ahead_new(int64_t (*read)(void *source, char *buffer, size_t size),
                                  void *source);

/* Stops the thread. NULL is allowed. */
void read_ahead_free(struct read_ahead *ahead);
DEFINE_CLEANUP(struct read_ahead, read_ahead_free)

/* As `read`: the same bytes, then the same end: 0, or the negative errno, also in later calls. */
int64_t read_ahead_read(struct read_ahead *ahead, char *buffer, size_t size);

#endif

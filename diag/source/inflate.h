#ifndef NODECAUSE_SOURCE_INFLATE_H
#define NODECAUSE_SOURCE_INFLATE_H

#include "base/cleanup.h"
#include "base/error.h"
#include "entry/notes.h"

/* Bytes of a log as they were before it was compressed, once or twice (a rotated log that somebody
 * compressed again): gzip, xz, zstd, bzip2 and lz4, recognised by their first bytes. What is not
 * compressed passes through untouched. Streaming: memory does not grow with the input. */
struct inflate;

/* Takes the compressed bytes from `read`, as read(2). `name` is the input's, for notes (NULL: none
 * are made); both are borrowed. */
struct inflate *inflate_new(int64_t (*read)(void *source, char *buffer, size_t size), void *source,
                            const char *name, struct notes *notes);
void inflate_free(struct inflate *inflate); /* NULL is fine */
DEFINE_CLEANUP(struct inflate, inflate_free)

/* Looks at the first bytes, which waits for them. -ENOTSUP with a sentence when they are an
 * archive's (tar, zip), else negative errno of `read`. Call once, before inflate_read(). */
int inflate_open(struct inflate *inflate, struct error *reterr);

/* As read(2). Where a stream is cut off or damaged, what came before is given, then the end, with a
 * note. */
int64_t inflate_read(struct inflate *inflate, char *buffer, size_t size);

/* `gzip`, ... of the outermost layer; NULL when it is not compressed. Static. */
const char *inflate_name(const struct inflate *inflate);

#endif

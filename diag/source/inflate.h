#ifndef NODECAUSE_SOURCE_INFLATE_H
#define NODECAUSE_SOURCE_INFLATE_H

#include "base/cleanup.h"
#include "base/error.h"
#include "entry/notes.h"

/* Decompresses a log, once or twice (a rotated log that was compressed again): gzip, xz, zstd,
 * bzip2 and lz4, recognised by their first bytes. Uncompressed bytes are passed through unchanged.
 * Streaming: memory does not grow with the input. */
struct inflate;

/* Reads the compressed bytes with `read`, which works like read(2). `name` is that of the input,
 * for notes (NULL: no notes); both are borrowed. */
struct inflate *inflate_new(int64_t (*read)(void *source, char *buffer, size_t size), void *source,
                            const char *name, struct notes *notes);
void inflate_free(struct inflate *inflate); /* NULL is allowed */
DEFINE_CLEANUP(struct inflate, inflate_free)

/* Inspects the first bytes, and waits for them. -ENOTSUP with a message if they are an archive
 * (tar, zip) or encrypted (OpenPGP, age), else negative errno of `read`. Call once, before inflate_read(). */
int inflate_open(struct inflate *inflate, struct error *reterr);

/* The same for what may be an archive. */
int inflate_open_any(struct inflate *inflate);

/* From now on a thread of its own decompresses ahead of inflate_read(), which returns the same bytes and adds the same
 * notes at the end. No other thread may use the source until that, or inflate_free(). False, and nothing changes, if
 * nothing is compressed, or the system has no thread for us. Call once, after inflate_open(). */
bool inflate_start_thread(struct inflate *inflate);

/* Works like read(2). If a stream is truncated or damaged, returns the data before that, then the
 * end, and adds a note. */
int64_t inflate_read(struct inflate *inflate, char *buffer, size_t size);

/* `gzip`, ... of the outermost layer; NULL if not compressed. Static. */
const char *inflate_name(const struct inflate *inflate);

/* Does undoing it take much longer than reading the text? xz, bzip2. */
bool inflate_is_slow(const struct inflate *inflate);

#endif

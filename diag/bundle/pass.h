#ifndef NODECAUSE_BUNDLE_PASS_H
#define NODECAUSE_BUNDLE_PASS_H

#include "base/deadline.h"
#include "bundle/kept.h"
#include "bundle/level.h"
#include "entry/notes.h"

/* One pass over an archive file and the archives in it, from start to end, depth first: a stack of levels. Members
 * are numbered in this order from 0, the same in every pass that enters the same archives.
 *
 *     while ((r = pass_next(pass, &member)) > 0)
 *         if (is wanted)
 *             pass_read(pass, ...)  or  pass_enter(pass)
 */
struct pass;

enum {
    PASS_DEPTH = 4,         /* archives in one another */
    PASS_MEMBERS = 2000000, /* of any kind, in all of them */
    PASS_RATIO = 1000,      /* times the size of the file, beyond PASS_FREE_BYTES: a bomb */
};

#define PASS_FREE_BYTES (1LL * 1024 * 1024 * 1024)

/* An archive file. What it points to is borrowed. */
struct pass_file {
    const char *path;
    const char *name;        /* for the user */
    const char *below;       /* a directory: no symbolic link below it is followed; NULL: any is */
    bool has_thread;         /* a thread of its own may decompress it */
    size_t keep_bytes;       /* how many may be kept of it for later passes */
    const struct kept *kept; /* by an earlier pass; NULL: nothing */
    const struct deadline *deadline; /* until when it may be read; NULL: as long as it takes */
};

/* Are the bytes that `read` returns, like read(2), the start of an archive, compressed or not? */
bool pass_is_archive(int64_t (*read)(void *data, char *buffer, size_t size), void *data);

/* Only a regular file is opened. -EBADMSG: not an archive. */
int pass_open(const struct pass_file *file, struct notes *notes, struct pass **ret,
              struct error *reterr);
void pass_free(struct pass *pass); /* NULL is fine */

/* At the end: what was kept of it, for later passes. NULL: not all of it, or decompressing it again is quick. Owned. */
struct kept *pass_take_kept(struct pass *pass);

/* Did it end because the deadline has passed? */
bool pass_is_late(const struct pass *pass);

/* Does a thread of its own decompress it? */
bool pass_has_thread(const struct pass *pass);

/* The next member of the innermost archive, or of the one around it where that ends. 1; 0 at the end; what cannot be
 * read is noted, and ends its archive; a limit is noted, and ends the pass. */
int pass_next(struct pass *pass, struct level_member *ret);

/* Number of the member. */
uint32_t pass_number(const struct pass *pass);

/* How many archives it is in besides the file itself. */
unsigned pass_depth(const struct pass *pass);

/* The member's name for the user, borrowed until the next one, and where trouble with its bytes is noted. Else it is
 * that of the archive. */
void pass_name(struct pass *pass, const char *name, struct notes *notes);

/* Bytes of the member, decompressed if it is compressed, like read(2). From its first byte on, once. */
int64_t pass_read(struct pass *pass, char *buffer, size_t size);

/* Takes the member as an archive: the next ones are its own. False: it is not one, or lies too deep (noted). */
bool pass_enter(struct pass *pass);

/* Bytes decompressed so far, in all levels. */
uint64_t pass_bytes(const struct pass *pass);

#endif

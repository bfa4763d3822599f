#ifndef NODECAUSE_BUNDLE_LEVEL_H
#define NODECAUSE_BUNDLE_LEVEL_H

#include "base/error.h"
#include "base/span.h"

/* One archive that is open, read member by member from its start, with libarchive: tar in all its dialects,
 * cpio, zip and 7z. Compression is taken off before (source/inflate.h). */
struct level;

/* Where its bytes come from: like read(2). */
struct level_input {
    int64_t (*read)(void *data, char *buffer, size_t size);
    void *data;
};

enum level_kind {
    LEVEL_FILE,
    LEVEL_LINK,  /* symbolic, or another name of a member */
    LEVEL_OTHER, /* a directory, a device, a FIFO */
};

/* A member. The spans are valid until the next call. */
struct level_member {
    enum level_kind kind;
    struct span path;   /* as in the archive: hostile */
    struct span target; /* of a link, as in the archive */
    bool hard;          /* the target is the path of a member, not relative to the link */
    uint64_t size;      /* as the archive says; 0: it does not */
    int64_t time_us;    /* modification; TIME_UNKNOWN */
    bool encrypted;
    bool solid; /* passing over it decompresses it: its size counts as read */
};

/* Could the bytes be the start of an archive? At least LEVEL_HEAD_BYTES of them, unless it is shorter. */
enum {
    LEVEL_HEAD_BYTES = 512
};
bool level_is_archive(struct span head);

/* Opens what `input` reads, from its first byte on; with `fd` >= 0, an uncompressed file that is read from instead,
 * in which an archive may have its list of members at its end (zip, 7z). Both are borrowed. -EBADMSG: no archive. */
int level_open(const struct level_input *input, int fd, struct level **ret, struct error *reterr);
void level_free(struct level *level); /* NULL is fine */

/* The next member. 1; 0 at the end; negative errno when the rest cannot be read, with the reason in *reterr: -ENODATA
 * when it is cut. */
int level_next(struct level *level, struct level_member *ret, struct error *reterr);

enum {
    LEVEL_HOLE_BYTES = 64 * 1024 * 1024
};

/* Bytes of the member, like read(2). Holes are zeros; of one longer than LEVEL_HOLE_BYTES (`lastlog` can have a TiB)
 * only the last ones. */
int64_t level_read(struct level *level, char *buffer, size_t size);

/* Do the bytes of the member that were read not have its checksum or its size? Once for each member. */
bool level_take_damage(struct level *level);

#endif

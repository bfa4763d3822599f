#ifndef NODECAUSE_SOURCE_CODEC_H
#define NODECAUSE_SOURCE_CODEC_H

#include "base/span.h"

/* Space for output. */
struct room {
    char *data;
    size_t size;
};

/* The compression formats of rotated logs. Each wraps its library; memory is bounded. */
struct codec {
    const char *name;  /* `gzip` */
    struct span magic; /* magic bytes at the start of a member */
    bool skips;   /* frames with data of other programs may be before, between and after members */
    bool is_slow; /* it takes much longer than reading the text */

    void *(*open)(void); /* NULL: out of memory */

    /* Moves bytes from `*in` to `*out`, which both shrink by the amount used. 1 at the end of a
     * member, 0 if it continues, -EBADMSG if it is damaged, -ENOMEM if it requires more memory than
     * allowed. */
    int (*step)(void *state, struct span *in, struct room *out);

    void (*close)(void *state); /* NULL is allowed */
};

/* The codec whose magic the bytes start with, or NULL. */
const struct codec *codec_find(struct span head);

/* Can the byte be the first of another member? */
bool codec_goes_on(const struct codec *codec, char first);

/* True if more bytes could complete a magic. */
bool codec_possible(struct span head);

#endif

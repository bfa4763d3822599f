#ifndef NODECAUSE_SOURCE_CODEC_H
#define NODECAUSE_SOURCE_CODEC_H

#include "base/span.h"

/* Room to write to. */
struct room {
    char *data;
    size_t size;
};

/* The compressions that rotated logs come in. Each wraps its library; bounded in memory. */
struct codec {
    const char *name;  /* `gzip` */
    struct span magic; /* how a member begins */

    void *(*open)(void); /* NULL: no memory */

    /* Moves bytes from `*in` to `*out`, both of which shrink by what was used. 1 at the end of a
     * member, 0 when it goes on, -EBADMSG when it is damaged, -ENOMEM when it wants more memory
     * than we give it. */
    int (*step)(void *state, struct span *in, struct room *out);

    void (*close)(void *state); /* NULL is fine */
};

/* The one whose magic the bytes begin with, or NULL. */
const struct codec *codec_find(struct span head);

/* Could more bytes make it one? */
bool codec_possible(struct span head);

#endif

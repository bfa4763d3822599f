#ifndef NODECAUSE_INPUT_AHEAD_H
#define NODECAUSE_INPUT_AHEAD_H

#include "base/buf.h"
#include "source/source.h"

/* The bytes of a source, of which the first can be looked at before they are read: what is on a
 * pipe comes only once. All zero but for `type` and `source`, which are borrowed. */
struct ahead {
    const struct source_type *type;
    struct source *source;
    struct buf head; /* read in advance */
    size_t taken;    /* bytes of it that ahead_read() has given */
};

void ahead_done(struct ahead *ahead);

/* Reads in advance until there are more than `max` bytes, the source ends or fails; of a file that is larger only its
 * first bytes. True: it ended, so the head is all there is. */
bool ahead_fill(struct ahead *ahead, size_t max);

/* As read(2) of the source, from its first byte on; `data` is a struct ahead. */
int64_t ahead_read(void *data, char *buffer, size_t size);

/* As the source's `take` and `give_back`, once what was read in advance has been read. */
int ahead_take(void *data, struct text_block *ret);
void ahead_give_back(void *data, uint64_t offset);

#endif

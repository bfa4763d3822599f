#ifndef NODECAUSE_FORMAT_WINDOW_H
#define NODECAUSE_FORMAT_WINDOW_H

#include "base/limits.h"
#include "entry/notes.h"
#include "format/clean.h"

/* The part of a text input that is in memory: what was seen before, a block, and what comes after
 * it. Bytes are read straight into it, cleaned where the start of the input shows the need, and
 * never looked at one by one otherwise. */

enum {
    WINDOW_BYTES = LIMIT_MARGIN_BYTES + LIMIT_BLOCK_BYTES + LIMIT_MARGIN_BYTES
};

/* A place in the window and where it is in the input. */
struct text_place {
    size_t at;
    uint64_t line;   /* 1-based */
    uint64_t offset; /* bytes before it; of the text as UTF-8 when the input is UTF-16 */
    size_t n_edits;  /* edits in front of it */
};

struct window {
    int64_t (*read)(void *source, char *buffer, size_t size);
    void *source;
    struct notes *notes; /* may be NULL */
    struct span name;    /* of the input, for notes; borrowed */

    char *data;
    size_t size;    /* bytes in it */
    size_t n_raw;   /* of them, at the end, not clean yet */
    uint64_t base;  /* cleaned bytes that were dropped before data[0] */
    uint64_t bytes; /* read so far */
    bool marked;    /* a byte order mark was looked for */
    bool at_end;
    bool waiting; /* read gave -EAGAIN: there is no more now */
    bool binary;  /* a NUL byte was seen */

    struct utf16 utf16;
    struct clean clean;
    bool planned;
    struct edits edits;
    struct text_place start, last; /* of data[0]; asked for last */
    size_t checked;                /* start of the first line not checked for its length */
    bool cutting;                  /* in the middle of a line that is too long */
};

void window_init(struct window *window);
void window_done(struct window *window);

/* Reads until it is full, the input ends, or there is no more of it now. 0, or the negative errno
 * that read gave. */
int window_fill(struct window *window);

/* Forgets the first `n` bytes. */
void window_drop(struct window *window, size_t n);

/* Bytes that can be used: not those that wait for the rest of their line. */
static inline struct span window_text(const struct window *window)
{
    return (struct span){ window->data, window->size - window->n_raw };
}

/* Where the byte at `at` is in the input. Cheap when asked near the last one. */
struct text_place window_place(struct window *window, size_t at);

/* Notes trouble of the input at the byte `at`. */
void window_note(struct window *window, enum note_kind kind, size_t at, const char *detail);

/* Newlines in the text. */
uint64_t count_newlines(struct span text);

#endif

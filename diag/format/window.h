#ifndef NODECAUSE_FORMAT_WINDOW_H
#define NODECAUSE_FORMAT_WINDOW_H

#include "base/limits.h"
#include "entry/notes.h"
#include "entry/text_block.h"
#include "format/clean.h"

/* The part of a text input that is in memory: earlier text, a block, and the text after it. Bytes
 * are read directly into it, cleaned only if the start of the input requires it, and otherwise
 * never inspected one by one. A text that needs no cleaning can be in the memory of a source that gives
 * blocks. */

enum {
    WINDOW_BYTES = LIMIT_MARGIN_BYTES + LIMIT_BLOCK_BYTES + LIMIT_MARGIN_BYTES,
    WINDOW_STEP_BYTES = TEXT_STEP_BYTES
};

/* An offset in the window and the corresponding place in the input. */
struct text_place {
    size_t at;
    uint64_t line;   /* 1-based */
    uint64_t offset; /* bytes before it; of the text as UTF-8 if the input is UTF-16 */
    size_t n_edits;  /* edits before it */
};

/* How many newlines are before each step of a part of the window. */
struct line_steps {
    size_t start; /* of the part */
    size_t n;
    uint64_t lines[WINDOW_BYTES / WINDOW_STEP_BYTES + 1];
};

struct window {
    int64_t (*read)(void *source, char *buffer, size_t size);
    int (*take)(void *source, struct text_block *ret); /* as a source's; NULL: read */
    void (*give_back)(void *source, uint64_t offset);
    void *source;
    struct notes *notes; /* may be NULL */
    struct span name;    /* of the input, for notes; borrowed */

    char *data; /* `own`, or in the blocks of the source */
    char *own;
    VEC(struct text_block)
    blocks;         /* that the window ends with, in order; none: it is in its own memory */
    size_t size;    /* bytes in it */
    size_t n_raw;   /* of them, at the end, not cleaned yet */
    uint64_t base;  /* cleaned bytes dropped before data[0] */
    uint64_t bytes; /* bytes read so far */
    bool marked;    /* checked for a byte order mark */
    bool at_end;
    bool waiting; /* read returned -EAGAIN: no more now */

    struct utf16 utf16;
    struct clean clean;
    bool planned;
    struct edits edits;
    struct text_place start, last; /* of data[0]; the last result */
    struct line_steps steps;
    uint64_t n_counted; /* bytes in which newlines were counted, for tests */
    size_t checked;     /* start of the first line not checked for its length */
    bool cutting;       /* inside a line that is too long */
};

void window_init(struct window *window);
/* Before the first byte: the text is a part of a file that begins with this line, from 1. 0: all of it. */
void window_begin_at(struct window *window, uint64_t line, uint64_t offset);
void window_done(struct window *window);

/* Reads until it is full, the input ends, or no more is available now. 0, or the negative errno of
 * read. */
int window_fill(struct window *window);

/* Where the byte at `at` is in the input of the blocks, while it has any. */
uint64_t window_block_offset(const struct window *window, size_t at);

/* Drops the first `n` bytes. */
void window_drop(struct window *window, size_t n);

/* Number of bytes that can be used, without those that wait for the rest of their line. */
static inline struct span window_text(const struct window *window)
{
    return (struct span){ window->data, window->size - window->n_raw };
}

/* What the bytes from `start` to `end` show; of blocks also what is in the rest of them, but for the lines. Until bytes are dropped, window_place() is cheap there. */
struct traits window_traits(struct window *window, size_t start, size_t end);

/* The place in the input of the byte at `at`. Cheap near the previous one. */
struct text_place window_place(struct window *window, size_t at);

/* Adds a note about the input at the byte `at`. */
void window_note(struct window *window, enum note_kind kind, size_t at, const char *detail);

/* Were lines joined in this part of the text that broke between words? (That a terminal broke all of them at
 * one width is beyond doubt.) */
bool window_is_joined(const struct window *window, size_t start, size_t end);

#endif

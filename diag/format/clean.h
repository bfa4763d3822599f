#ifndef NODECAUSE_FORMAT_CLEAN_H
#define NODECAUSE_FORMAT_CLEAN_H

#include "base/span.h"
#include "base/vec.h"

/* Undoes what happens to a log on its way through terminals, mails and web pages, in place, before
 * anything is scanned: carriage returns, ANSI escapes, mail quotes, and lines that a terminal broke
 * at its width. A log that was not touched is not touched here either. */

/* Text was taken out just in front of the byte behind `at`: add this to places behind it to find
 * them in the input. */
struct edit {
    size_t at;
    uint64_t bytes;
    uint64_t lines;
};

struct edits {
    struct edit *items;
    size_t n, allocated;
};

/* A line whose end was put there by a terminal. */
struct join {
    size_t line; /* its number, from 0 */
    bool blank;  /* a blank at its end was lost */
};

struct clean {
    bool binary; /* nothing may be cleaned */
    bool returns, escapes, quotes;
    VEC(struct join) joins; /* in order */
    size_t line;            /* number of the next line */
    size_t next_join;
};

/* Looks at the start of an input, or at all of it when `whole`, and decides what has to be done.
 * Broken lines are joined only when all of it is seen. */
void clean_plan(struct clean *clean, struct span head, bool whole);
bool clean_is_needed(const struct clean *clean);
void clean_done(struct clean *clean);

/* Cleans data[from..size) in place and appends to `edits`. Only whole lines unless `at_end`.
 * Returns the new size; *ret_raw is the size of the part at its end that has to wait for its
 * newline. */
size_t clean_run(struct clean *clean, char *data, size_t from, size_t size, bool at_end,
                 struct edits *edits, size_t *ret_raw);

/* Size of the escape sequence of a terminal at the start of the text, 0 when there is none: ECMA-48
 * CSI, and OSC up to BEL or ST. */
size_t clean_escape_size(struct span text);

/* UTF-16 as `Out-File` and `>` of PowerShell write it. */
struct utf16 {
    bool on, big_endian;
    unsigned char kept[4]; /* what came too early of a character */
    size_t n_kept;
};

enum {
    UTF16_SEEN_BYTES = 64 /* so many bytes show UTF-16 without its mark */
};

/* Could it be UTF-16 without its mark: is every second byte NUL, and none of the others? */
bool utf16_is_possible(struct span head);

/* Reads a byte order mark. Returns its size: 2 of UTF-16, 3 of UTF-8, else 0. Without a mark it is
 * UTF-16 when most of every second byte is NUL and none of the others. */
size_t utf16_detect(struct utf16 *utf16, struct span head);

/* Writes `text` as UTF-8 to `out`, which has room for 3 bytes for each 2 of it, and 4 more. Returns
 * what it wrote. Halves of surrogate pairs become U+FFFD. */
size_t utf16_convert(struct utf16 *utf16, struct span text, char *out);

#endif

#ifndef NODECAUSE_FORMAT_CLEAN_H
#define NODECAUSE_FORMAT_CLEAN_H

#include "base/span.h"
#include "base/vec.h"

/* Repairs a log that was copied through terminals, mails and web pages, in place, before it is
 * scanned: carriage returns, ANSI escapes, mail quotes, and lines wrapped at the width of a
 * terminal or between words. A log that needs no repair is not modified. */

/* Text was removed before the byte after `at`: add this to later offsets to get offsets in the
 * input. */
struct edit {
    size_t at;
    uint64_t bytes;
    uint64_t lines;
};

struct edits {
    struct edit *items;
    size_t n, allocated;
};

/* A line break inserted by a terminal, a mail program or an editor. */
struct join {
    size_t line; /* its number, from 0 */
    bool blank;  /* a space at its end was lost */
    bool indent; /* the next line was indented */
};

struct clean {
    bool
        between_words; /* lines are joined that broke between words, by a mail program or by hand */
    bool binary;       /* must not be cleaned */
    bool returns, escapes, quotes;
    VEC(struct join) joins; /* in order */
    size_t line;            /* number of the next line */
    size_t next_join;
    bool drop_indent; /* of the line at work */
};

/* Inspects the start of an input, or all of it if `whole`, and determines what must be cleaned.
 * Wrapped lines are joined only if all of the input is available. */
void clean_plan(struct clean *clean, struct span head, bool whole);
bool clean_is_needed(const struct clean *clean);
void clean_done(struct clean *clean);

/* Cleans data[from..size) in place and appends to `edits`. Only whole lines unless `at_end`.
 * Returns the new size; *ret_raw is the size of the part at its end that must wait for its newline.
 */
size_t clean_run(struct clean *clean, char *data, size_t from, size_t size, bool at_end,
                 struct edits *edits, size_t *ret_raw);

/* Size of the terminal escape sequence at the start of the text, 0 if there is none: ECMA-48 CSI,
 * and OSC up to BEL or ST. */
size_t clean_escape_size(struct span text);

/* UTF-16 as written by `Out-File` and `>` of PowerShell. */
struct utf16 {
    bool on, big_endian;
    unsigned char kept[4]; /* bytes of an incomplete character */
    size_t n_kept;
};

enum {
    UTF16_SEEN_BYTES = 64 /* number of bytes required to detect UTF-16 without a byte order mark */
};

/* True if it could be UTF-16 without a byte order mark: every second byte is NUL, and no other byte
 * is. */
bool utf16_is_possible(struct span head);

/* Reads a byte order mark. Returns its size: 2 for UTF-16, 3 for UTF-8, else 0. Without a mark it
 * is UTF-16 if most of every second byte are NUL and no other byte is. */
size_t utf16_detect(struct utf16 *utf16, struct span head);

/* Writes `text` as UTF-8 to `out`, which must have room for 3 bytes for each 2 of it, and 4 more.
 * Returns the number of bytes written. Unpaired surrogates become U+FFFD. */
size_t utf16_convert(struct utf16 *utf16, struct span text, char *out);

#endif

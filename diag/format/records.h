#ifndef NODECAUSE_FORMAT_RECORDS_H
#define NODECAUSE_FORMAT_RECORDS_H

#include "base/vec.h"
#include "format/choices.h"
#include "format/window.h"

/* Finds the records in the window. They are lines, each with its continuation lines, or frames,
 * whose size the format determines (journal export, pretty JSON). All offsets are offsets in the
 * window; records_drop() shifts them. */

struct record {
    size_t start;
    size_t end; /* after its newline */
};

enum {
    RECORDS_STARTS = 2048 /* a power of two */
};

/* Whether a line is the first of its record. */
struct record_start {
    size_t after; /* the offset of the line + 1; 0: empty */
    bool begins;
};

/* All zero, except the window. */
struct records {
    struct window *window;       /* borrowed */
    const struct format *format; /* the format of most records; set before any other call */
    struct choices *choices;     /* of the lines in the window; borrowed; may be NULL */

    VEC(struct record) frames; /* of a format with frames */
    size_t framed;             /* end of the last complete frame */
    struct record found;       /* index of the last result: they are requested in order */
    struct record_start starts[RECORDS_STARTS]; /* by offset; each line is asked for from both
                                                 * sides */
};

void records_done(struct records *records);

/* Call after more was read into the window: finds the new frames, and unescapes them in place. A
 * frame that is too long, or truncated at the end of the input, is noted. Does nothing for lines.
 */
void records_read(struct records *records);

/* The record that contains the byte at `at`, which is in the window. */
struct record records_at(struct records *records, size_t at);

/* The record after (direction 1) or before (-1) the one that contains `at`. False if it is not in
 * the window. */
bool records_step(struct records *records, size_t at, int direction, struct record *ret);

/* Its text without the newlines at its end, at most LIMIT_LINE_BYTES of it; a frame is unchanged.
 * Borrowed from the window. */
struct span records_text(const struct records *records, struct record record);

/* The end of the records after `start` that can be returned: the start of a record with enough text
 * after it for neighbours, or the end of the input. `start` if no record is complete. */
size_t records_end(struct records *records, size_t start);

/* The end of the last record that ends at or before `at`, an offset in the window or its size. With
 * `partial`, a line without newline is a record, too. */
size_t records_end_before(const struct records *records, size_t at, bool partial);

/* Number of frames that start in this part of the window. */
uint64_t records_n_frames(const struct records *records, struct record part);

/* Drops the whole lines before `at` from the window. Returns the number of bytes dropped. */
size_t records_drop(struct records *records, size_t at);

/* Clears the cached result, because the window has changed. */
void records_forget(struct records *records);

#endif

#ifndef NODECAUSE_FORMAT_RECORDS_H
#define NODECAUSE_FORMAT_RECORDS_H

#include "base/vec.h"
#include "format/format.h"
#include "format/window.h"

/* Where the records in the window begin and end. They are lines, each with those that continue it,
 * or frames, whose size the format reads (journal export, pretty JSON). All offsets are offsets in
 * the window; records_drop() moves them. */

struct record {
    size_t start;
    size_t end; /* after its newline */
};

/* Zeros, but for the window. */
struct records {
    struct window *window;       /* borrowed */
    const struct format *format; /* of most records; set before anything is asked */

    VEC(struct record) frames; /* of a format with frames */
    size_t framed;             /* end of the last complete frame */
    struct record found;       /* the one that was looked for last: they are asked for in order */
};

void records_done(struct records *records);

/* After more was read into the window: finds the new frames, and unescapes them in place. A frame
 * that is too long or that the end of the input cuts is noted. Nothing to do for lines. */
void records_read(struct records *records);

/* The record that holds the byte at `at`, which is in the window. */
struct record records_at(struct records *records, size_t at);

/* The record after (direction 1) or before (-1) the one that holds `at`. False when it is not in
 * the window. */
bool records_step(struct records *records, size_t at, int direction, struct record *ret);

/* Its text without the newlines at its end, at most LIMIT_LINE_BYTES of it; a frame is as it is.
 * Borrowed from the window. */
struct span records_text(const struct records *records, struct record record);

/* Up to where the records after `start` can be handed out: the start of one with enough text after
 * it for neighbours, or the end of the input. `start` when no record is complete. */
size_t records_end(struct records *records, size_t start);

/* The end of the last record that ends at or before `at`, an offset in the window or its size. With
 * `partial`, a line without its newline is a record, too. */
size_t records_end_before(const struct records *records, size_t at, bool partial);

/* How many frames begin in this part of the window. */
uint64_t records_n_frames(const struct records *records, struct record part);

/* Drops the whole lines before `at` from the window. Gives how many bytes it dropped. */
size_t records_drop(struct records *records, size_t at);

/* Forgets which record was looked for last, since the window has changed. */
void records_forget(struct records *records);

#endif

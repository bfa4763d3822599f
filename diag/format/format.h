#ifndef NODECAUSE_FORMAT_FORMAT_H
#define NODECAUSE_FORMAT_FORMAT_H

#include "base/arena.h"
#include "entry/entry.h"

/* Turns a record of text into an entry.
 *
 * To add a format: write format_<name>.c here that defines `const struct format format_<name>`, and
 * fixtures/formats/<name>/. Nothing else has to be edited: CMake makes the table from the file
 * names. The name on the command line is the file's, with '-' for '_'. */

/* What a bid says. Bids count evidence, so that the order of the table means nothing: give about
 * one point for each byte of structure that only this format has (a stamp, a bracket, a keyword).
 */
enum {
    BID_NO = 0,
    BID_FALLBACK = 1, /* plain text: nobody else wants it */
    BID_WEAK = 10,
    BID_GOOD = 40,
    BID_SURE = 100, /* a magic: cannot be anything else */
};

/* What the reader of the input knows, for stamps that leave something out. */
struct format_context {
    int year;         /* year of the input's end, from a header or the file's time; 0: unknown */
    int year_month;   /* the month (1..12) in which that end stands: a later month in a stamp
                       * without year is of the year before */
    int zone_minutes; /* zone of stamps without one, when zone_known (a header named it) */
    bool zone_known;
    struct arena *arena; /* for what has to be rewritten; lives as long as the entry */
};

struct format {
    const char *name;    /* as in --format=NAME */
    const char *summary; /* one line, for `nodecause formats` */
    const char *spec;    /* where it is defined: a URL or a man page */
    bool binary; /* values stand there byte for byte behind their sizes: nothing may be cleaned out
                  * of them, and a NUL byte is no trouble */

    /* How sure is it that these bytes are this format? Given whole lines from the start of the
     * input (about 64 KiB), or one single record in a mixed input. Sums evidence over the lines,
     * divided by their number, so that a long head does not win by length. Must not allocate. */
    int (*bid)(struct span head);

    /* Is this line (without newline) the first of a record? NULL: every line is. Lines that are not
     * belong to the record before. Called on many lines: cheap tests first. */
    bool (*begins)(struct span line);

    /* For formats whose records are not lines (journal export, pretty JSON): size of the record at
     * the start of `rest`, its separator included; 0: it is not complete, give me more (not asked
     * again when `at_end`). NULL: records are made of lines. */
    size_t (*frame)(struct span rest, bool at_end);

    /* With frame(): rewrites a complete record in place, size and number of newlines kept, so that
     * what it says can be searched as text (format/unescape.h). False when the writer left its
     * message out. NULL: the format escapes nothing. */
    bool (*unescape)(char *record, size_t size);

    /* Decodes one record (for line formats without its last newline; with the lines that continue
     * it). Fills what the format knows of *ret, which is entry_empty() before; `message` is what
     * is left behind the format's own header. What programs wrap their words in themselves (logrus,
     * klog) is undone afterwards by whoever decodes records: layer_refine() of format/layer.h,
     * which ends with klog_refine(). 1: done. 0: no entry (header, blank). -EBADMSG: not this
     * format. Never fails otherwise. */
    int (*decode)(const struct format_context *context, struct span record, struct entry *ret);
};

/* The table, made by CMake; ends with NULL. */
extern const struct format *const formats[];

/* Plain text: the one that takes any line. */
extern const struct format format_text;

/* The format of that name, or NULL. */
const struct format *format_find(struct span name);

/* The best bidder for these bytes; never NULL, since plain text takes anything.
 * `ret_bid` may be NULL. */
const struct format *format_choose(struct span head, int *ret_bid);

#endif

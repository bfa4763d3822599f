#ifndef NODECAUSE_FORMAT_READER_H
#define NODECAUSE_FORMAT_READER_H

#include "base/error.h"
#include "entry/batch.h"
#include "entry/notes.h"
#include "entry/streams.h"
#include "format/format.h"

/* Turns the bytes of one text input into batches: finds the format by bids, cleans what people
 * paste (BOM, UTF-16, CRLF, colours, quotes, hard-wrapped lines), frames records, and decodes those
 * that are asked for, each with the lines and entries that continue it. Memory is bounded by
 * LIMIT_BLOCK_BYTES and LIMIT_MARGIN_BYTES, whatever the input. */
struct reader;

struct reader_options {
    const char *name;            /* of the input, for notes */
    uint32_t input;              /* its index, for origins */
    const struct format *format; /* forced; NULL: find it */
    int64_t file_time_us;        /* modification time of the file, which tells the year where no
                                  * header does; TIME_UNKNOWN for a pipe */
    const struct streams *streams;
    struct notes *notes; /* may be NULL */

    /* Where the bytes come from, as read(2): bytes read, 0 at the end, negative errno. Blocks until
     * there is something, or gives -EAGAIN: no more now. */
    int64_t (*read)(void *source, char *buffer, size_t size);
    void *source;
};

struct reader *reader_new(const struct reader_options *options); /* the options are copied */
void reader_free(struct reader *reader);                         /* NULL is fine */
DEFINE_CLEANUP(struct reader, reader_free)

/* The next batch. 1, 0 at the end, or the negative errno that read gave. The batch and all that was
 * decoded from it are valid until the next call. -EAGAIN: there is none now; what was read is kept
 * back until it is settled. */
int reader_next(struct reader *reader, struct batch *ret);

/* For inputs that grow, called every READER_SETTLE_MS: the whole lines that were read before the
 * last call are settled. What is told in several lines (a table of the kernel) comes within
 * milliseconds, so a line's neighbours are there when it is looked at. When nothing has come for
 * READER_QUIET_MS, or with `all`, everything is settled, a line without its end too; its rest, if
 * it comes, still belongs to it. */
enum {
    READER_SETTLE_MS = 200,
    READER_QUIET_MS = 2000
};
void reader_settle(struct reader *reader, bool all);

/* The file was written to: its time, which may tell the year, is another one now. */
void reader_set_file_time(struct reader *reader, int64_t time_us);

/* Was something read that is not settled? */
bool reader_is_holding(const struct reader *reader);

/* What is known once the first batch is out. */
struct reader_facts {
    const struct format *format; /* NULL while nothing was read */
    uint64_t bytes;              /* read so far */
    uint64_t lines;              /* in them */
    struct moment first, last;   /* of the input, by position: stamps of its first and last record
                                  * that have one (for input in reverse, `first` is the later one) */
    const char *year_from; /* `stamp`, `header`, `file-time`, or `unknown`; NULL without stamps */
    bool empty;            /* not one byte */
    bool binary;           /* NUL bytes or mostly no text */
};
struct reader_facts reader_facts(const struct reader *reader);

#endif

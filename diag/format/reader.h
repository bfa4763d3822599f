#ifndef NODECAUSE_FORMAT_READER_H
#define NODECAUSE_FORMAT_READER_H

#include "base/error.h"
#include "entry/batch.h"
#include "entry/notes.h"
#include "entry/text_block.h"
#include "format/format.h"

/* Turns the bytes of a text input into batches: detects the format by bids, cleans pasted text
 * (BOM, UTF-16, CRLF, colours, quotes, wrapped lines), frames records, and decodes those that are
 * requested, each with the lines and entries that continue it. Memory is limited by
 * LIMIT_BLOCK_BYTES and LIMIT_MARGIN_BYTES, whatever the size of the input. */
struct reader;

struct reader_options {
    const char *name;            /* of the input, for notes */
    const struct format *format; /* forced; NULL: detect it */
    uint64_t offset, line; /* a part of a file: where it begins; line is from 1, 0: at the start */
    int64_t file_time_us;  /* modification time of the file, which gives the year if no
                                  * header does; TIME_UNKNOWN for a pipe */
    int64_t collected_us;  /* when it was collected, which gives the year before the time of the
                                  * file does; 0: unknown */
    bool zone_known;       /* of stamps without one, unless a header names it */
    int zone_minutes;
    struct notes *notes; /* may be NULL */

    /* Reads the input, like read(2): number of bytes, 0 at the end, negative errno. Blocks until
     * there is data, or returns -EAGAIN: no more now. */
    int64_t (*read)(void *source, char *buffer, size_t size);

    /* The same bytes in blocks, as those of a source (source/source.h); NULL: they are only read. */
    int (*take)(void *source, struct text_block *ret);
    void (*give_back)(void *source, uint64_t offset);
    void *source;
};

struct reader *reader_new(const struct reader_options *options); /* the options are copied */
void reader_free(struct reader *reader);                         /* NULL is allowed */
DEFINE_CLEANUP(struct reader, reader_free)

/* The next batch. 1, 0 at the end, or the negative errno of `read`. The batch and everything
 * decoded from it are valid until the next call. -EAGAIN: none now; data that was read is held back
 * until it is settled. */
int reader_next(struct reader *reader, struct batch *ret);

/* For inputs that grow, called every BATCH_SETTLE_MS: settles the whole lines that were read
 * before the last call. Messages with several lines (a table of the kernel) arrive within
 * milliseconds, so the neighbours of a line are available when it is processed. If nothing has
 * arrived for READER_QUIET_MS, or with `all`, everything is settled, including a line without
 * newline; if its rest arrives later, it still belongs to it. */
enum {
    READER_QUIET_MS = 2000
};
void reader_settle(struct reader *reader, bool all);

/* The file was written to: its modification time, which may give the year, has changed. */
void reader_set_file_time(struct reader *reader, int64_t time_us);

/* The records are in reverse order (entry/direction.h), which joining must know. To be called with
 * the first batch. */
void reader_set_newest_first(struct reader *reader, bool newest_first);

/* True if data was read that is not settled. */
bool reader_is_holding(const struct reader *reader);

/* Known after the first batch. */
struct reader_facts {
    const struct format *format; /* NULL until something was read */
    uint64_t bytes;              /* read so far */
    uint64_t lines;              /* in them */
    struct moment first, last;   /* of the input, by position: times of the first and last record
                                  * that have one (in a reversed input, `first` is the later one) */
    const char *
        year_from; /* `stamp`, `header`, `date`, `collected`, `file-time`, or `unknown`; NULL without
                                  * timestamps */
    bool empty;    /* no bytes at all */
    bool binary;   /* NUL bytes or mostly not text */
};
struct reader_facts reader_facts(const struct reader *reader);

#endif

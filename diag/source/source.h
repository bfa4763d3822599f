#ifndef NODECAUSE_SOURCE_SOURCE_H
#define NODECAUSE_SOURCE_SOURCE_H

#include "base/error.h"
#include "entry/batch.h"
#include "entry/line_filter.h"
#include "entry/notes.h"
#include "entry/text_block.h"

/* Where logs come from.
 *
 * To add a source: write source_<name>.c that defines `const struct source_type source_<name>`.
 * CMake generates the table from the file names; a source without its library is omitted. A source
 * provides either bytes (`read`), which format/reader.h turns into entries, or records (`next`),
 * which are entries already. */
struct source_facts;
struct source; /* each type defines its own and casts */

/* What to read. */
struct source_request {
    const char *path; /* file or directory; "-" is standard input; NULL: this host's journal */
    const char *const *more; /* read as one with `path`; only for a type that joins */
    size_t n_more;
    const char *
        below; /* a directory that `path` lies in: no symbolic link below it is followed, and only a regular
                        * file opened; NULL: any */
    const char *const
        *names; /* for the user, of `path` and then of `more`; NULL: the paths themselves */
    const struct journal_query
        *query;          /* source/journal_query.h; NULL: the default of `nodecause` */
    struct notes *notes; /* may be NULL */
    const struct line_filter
        *filter;      /* the caller only wants lines that pass, and neighbours of them; NULL: all */
    bool follow;      /* the input may grow: see below */
    unsigned threads; /* that it may use, with the caller's; 0: as 1 */
    struct bundle
        *bundle;   /* bundle/bundle.h: the one that a member without a path is in; NULL: none */
    size_t member; /* its file */
};

/* The result of a bid. */
enum {
    SOURCE_NO = 0,
    SOURCE_FALLBACK = 1, /* any path, if only to report why it cannot be read */
    SOURCE_SURE = 100,   /* a magic number: cannot be anything else */
};

enum {
    SOURCE_HEAD_BYTES = 4096,
    SOURCE_BLOCKS_KEPT = 13 * TEXT_BLOCK_BYTES,
    SOURCE_BLOCKS_BEFORE = SOURCE_BLOCKS_KEPT,
};

struct source_type {
    const char *name;
    const char *summary; /* one line, for --help */
    bool joins;          /* several paths, wherever they are, are one input; else each is its own */
    bool selects;        /* applies the request's query itself; else input/selection.h does */

    /* How certain is it that this source can read the request? SOURCE_NO: cannot. The highest bid
     * opens it. Inspects the path and `head`, the first bytes of a regular file (at most
     * SOURCE_HEAD_BYTES; empty for anything else), and never reads from a pipe. */
    int (*bid)(const struct source_request *request, struct span head);

    /* Opens. -ENOENT, -EACCES, -ENODATA (no entries match), -EBADMSG (corrupt), ... with a message
     * in *reterr. The request must outlive the source. */
    int (*open)(const struct source_request *request, struct source **ret, struct error *reterr);

    /* Bytes, like read(2). NULL for a source of records. */
    int64_t (*read)(struct source *source, char *buffer, size_t size);

    /* The next bytes in place of `read`, searched with the request's filter: 1, 0 at the end, negative
     * errno; -ENOTSUP: not now, read. Blocks are in one piece, one after the other, with room before the
     * first for SOURCE_BLOCKS_BEFORE bytes of the caller. They are valid until they are given back, and
     * until the next `read`. At most SOURCE_BLOCKS_KEPT bytes may be kept. NULL: never. */
    int (*take)(struct source *source, struct text_block *ret);

    /* The caller no longer needs what is before this offset of the input. */
    void (*give_back)(struct source *source, uint64_t offset);

    /* The next batch of records: 1, 0 at the end, negative errno. NULL for a source of bytes. The
     * batch is valid until the next call. */
    int (*next)(struct source *source, struct batch *ret);

    /* Following. If the request asks for it, `read` and `next` return -EAGAIN if no more data is
     * available now, and 0 only if there will be no more: the pipe was closed, the file replaced by
     * another one. */

    /* The descriptor to poll for POLLIN meanwhile; -1: no notification, try again periodically.
     * NULL: a source that cannot be followed, and is read to its end. */
    int (*wait_fd)(struct source *source);

    /* True if something is held back until related entries have had time to arrive; try again after
     * BATCH_SETTLE_MS. NULL: never. */
    bool (*is_holding)(const struct source *source);

    /* Processes the events of the descriptor, before the next read. NULL: nothing to do. */
    void (*wake)(struct source *source);

    /* Where to resume: the cursor of the last entry returned by `next`. NULL: none yet. Valid until
     * the next call. The pointer may be NULL for sources without cursors. */
    const char *(*cursor)(const struct source *source);

    /* Describes the input for the report. */
    void (*describe)(const struct source *source, struct source_facts *ret);

    void (*close)(struct source *source); /* NULL is allowed */
};

struct source_facts {
    const char *name;      /* for the user: path, "-", "journal"; borrowed from the source */
    const char *format;    /* NULL: the type's name; for bytes, the reader knows */
    uint64_t bytes;        /* that were read; 0 if unknown */
    uint64_t size;         /* of all that can be read; 0 if unknown */
    uint64_t offset, line; /* a part of a file: where it begins; line is from 1, 0: at the start */
    int64_t file_time_us;  /* modification time; TIME_UNKNOWN for a pipe or journal */
    unsigned threads;      /* besides the caller's: that read for it, or the writer of a pipe */
    bool returns;          /* followed, and at its end: another file may get its name */
    struct moment first, last;
};

/* The table, generated by CMake; ends with NULL. */
extern const struct source_type *const sources[];

/* The source that accepts any path, for callers that only want bytes. */
extern const struct source_type source_file;

/* The source with the highest bid, or NULL. Does not open it. */
const struct source_type *source_choose(const struct source_request *request);

/* Opens with the highest bid. *ret_type is the source. */
int source_open(const struct source_request *request, const struct source_type **ret_type,
                struct source **ret, struct error *reterr);

#endif

#ifndef NODECAUSE_SOURCE_SOURCE_H
#define NODECAUSE_SOURCE_SOURCE_H

#include "base/error.h"
#include "entry/batch.h"
#include "entry/notes.h"
#include "entry/streams.h"

/* Where logs come from.
 *
 * To add a source: write source_<name>.c that defines `const struct source_type source_<name>`.
 * CMake makes the table from the file names; a source whose library is missing is left out of it.
 * A source gives either bytes (`read`), which format/reader.h turns into entries, or records
 * (`next`), which are entries already. */
struct source_facts;
struct source; /* each type defines its own and casts */

/* What to read. */
struct source_request {
    const char *path; /* file or directory; "-" is standard input; NULL: this host's journal */
    const char *const *more; /* further journal files and directories: one journal with `path` */
    size_t n_more;
    uint32_t input; /* index in the report, for origins */
    const struct streams *streams;
    const struct journal_query
        *query;          /* source/journal_query.h; NULL: the default of `nodecause` */
    struct notes *notes; /* may be NULL */
    bool follow;         /* it goes on growing: see below */
};

/* What a bid says. */
enum {
    SOURCE_NO = 0,
    SOURCE_FALLBACK = 1, /* any path at all, if only to say why it cannot be read */
    SOURCE_SURE = 100,   /* a magic: cannot be anything else */
};

enum {
    SOURCE_HEAD_BYTES = 4096
};
enum {
    SOURCE_SETTLE_MS = 200
};

struct source_type {
    const char *name;
    const char *summary; /* one line, for --help */

    /* How sure is it that it can read this request? SOURCE_NO: cannot. The highest bid opens it.
     * Looks at the path and at `head`, the first bytes of a regular file (at most
     * SOURCE_HEAD_BYTES; empty for all else), never consumes from a pipe. */
    int (*bid)(const struct source_request *request, struct span head);

    /* Opens. -ENOENT, -EACCES, -ENODATA (no entries match), -EBADMSG (corrupt), ... with a sentence
     * in *reterr. The request must outlive the source. */
    int (*open)(const struct source_request *request, struct source **ret, struct error *reterr);

    /* Bytes, as read(2). NULL for a source of records. */
    int64_t (*read)(struct source *source, char *buffer, size_t size);

    /* The next batch of records: 1, 0 at the end, negative errno. NULL for a source of bytes. The
     * batch is valid until the next call. */
    int (*next)(struct source *source, struct batch *ret);

    /* Following. Where the request says so, `read` and `next` give -EAGAIN when there is no more
     * now, and 0 only when there will never be: the pipe was closed, the file replaced by another
     * one. */

    /* What to poll for POLLIN meanwhile; -1: nothing tells, ask again every so often. NULL: a
     * source that cannot be followed, and is read to its end. */
    int (*wait_fd)(struct source *source);

    /* Is something kept back until the entries that may belong to it had time to come? Then ask
     * again after SOURCE_SETTLE_MS. NULL: never. */
    bool (*is_holding)(const struct source *source);

    /* Takes in what the descriptor told, before the next read. NULL: nothing to do. */
    void (*wake)(struct source *source);

    /* Where to take up again: the address of the last entry that `next` gave. NULL: it has none
     * yet. Valid until the next call. The pointer may be NULL for sources without addresses. */
    const char *(*cursor)(const struct source *source);

    /* What it read, for the report's inputs. */
    void (*describe)(const struct source *source, struct source_facts *ret);

    void (*close)(struct source *source); /* NULL is fine */
};

struct source_facts {
    const char *name;   /* as the user knows it: path, "-", "journal"; borrowed from the source */
    const char *format; /* "journal-file", "journal"; NULL for bytes: the reader tells */
    uint64_t bytes;     /* 0 when unknown */
    uint64_t entries;
    int64_t file_time_us; /* modification time; TIME_UNKNOWN for a pipe or journal */
    bool returns;         /* followed, and at its end: another file may come under its name */
    struct moment first, last;
};

/* The table, made by CMake; ends with NULL. */
extern const struct source_type *const sources[];

/* The one that takes any path, for whoever wants bytes and nothing else. */
extern const struct source_type source_file;

/* The best bidder, or NULL. Does not open it. */
const struct source_type *source_choose(const struct source_request *request);

/* Opens with the best bidder. *ret_type tells which. */
int source_open(const struct source_request *request, const struct source_type **ret_type,
                struct source **ret, struct error *reterr);

#endif

#ifndef NODECAUSE_BUNDLE_BUNDLE_H
#define NODECAUSE_BUNDLE_BUNDLE_H

#include "base/deadline.h"
#include "base/progress.h"
#include "bundle/choice.h"
#include "source/source.h"

/* A support bundle: a directory or an archive, with what is read of it.
 *
 *     bundle_open("sos.tar.xz", &layouts, notes, &bundle, &error);
 *     for (size_t i = 0; i < bundle_n_files(bundle); i++)
 *         bundle_file(bundle, i) ...
 */
struct bundle;

/* A file of it that is read. The texts live in the bundle. */
struct bundle_file {
    const char *name;     /* for the user: `sos.tar.xz!n1/var/log/messages` */
    const char *path;     /* to open it by; NULL: bundle_member opens it */
    const char *below;    /* no symbolic link below this directory is followed; NULL: any is */
    struct span node;     /* whose it is by its path; empty: the path does not say */
    struct span hostname; /* whose it is where its lines do not say; empty: unknown */
    struct span root;     /* names of its bundle's folder and archive, in `name`; may be empty */
    const struct layout *layout;  /* of its bundle; NULL: of no known kind */
    size_t part;                  /* index of what it is in */
    const struct layout_file *is; /* what it is; NULL: its content says */
    struct span collected;        /* texts that say when its bundle was written; may be empty */
    int64_t time_us;              /* modification; TIME_UNKNOWN */
};

/* Is it a directory or an archive? `-` is standard input, whose first bytes are waited for. */
bool bundle_is_one(const char *path);

/* How it is listed and read. What it points to must outlive the bundle. */
struct bundle_options {
    struct notes *notes; /* NULL: nothing is noted */
    struct progress
        *progress;           /* of listing, which may decompress all of it; NULL: it is not shown */
    unsigned threads;        /* that it may use, with the caller's; 0: as 1 */
    int64_t (*now_us)(void); /* the clock of BUNDLE_SECONDS; NULL: clock_monotonic_us() */
};

/* How long it may take to list archives, and then to read them, with all that is done in between. What was found until
 * then counts; that there is more is noted. */
enum {
    BUNDLE_SECONDS = 15 * 60
};

/* Lists it. The layouts must outlive it. Negative errno with a message when it cannot be read at all. */
int bundle_open(const char *path, const struct layouts *layouts,
                const struct bundle_options *options, struct bundle **ret, struct error *reterr);
void bundle_free(struct bundle *bundle); /* NULL is fine */
DEFINE_CLEANUP(struct bundle, bundle_free)

size_t bundle_n_files(const struct bundle *bundle);
struct bundle_file bundle_file(const struct bundle *bundle, size_t i);

/* Of the record of a crash: how long the boot had lasted at its last line, or that of its other parts, microseconds;
 * TIME_UNKNOWN: its lines do not say. */
int64_t bundle_crash_us(const struct bundle *bundle, size_t i);

/* What is of one kind, or with the last index, what is of no known kind. */
struct bundle_part {
    const struct layout *layout; /* NULL: of no known kind */
    struct span root;            /* its folder, with `/` at the end; empty: the top of the bundle */
    struct span node;            /* that it names; empty: none, or several */
};

size_t bundle_n_parts(const struct bundle *bundle);
struct bundle_part bundle_part(const struct bundle *bundle, size_t i);

/* What is not read, by folder. Lives in the bundle. */
const struct unread *bundle_unread(const struct bundle *bundle);

/* Opens the files without a path, by the request's `bundle` and `member`. One at a time, and in their order: an
 * archive is then read only once more; out of order it is read again from its start. */
extern const struct source_type bundle_member;

#endif

#ifndef NODECAUSE_SOURCE_JOURNAL_QUERY_H
#define NODECAUSE_SOURCE_JOURNAL_QUERY_H

#include "entry/grep.h"
#include "nodecause.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which entries of a journal to read, with the options of journalctl. All NULL, 0 and TIME_UNKNOWN
 * (`journal_query_empty()`) is the default of `nodecause`: this boot (for files: all boots), all
 * streams of rules/streams.yaml: the kubelet, its runtime, systemd's messages about their units,
 * and the kernel. Strings are borrowed from the command line. */
struct journal_query {
    const char *const *units; /* -u, n_units of them: globs allowed */
    size_t n_units;
    const char *const *identifiers; /* -t */
    size_t n_identifiers;
    const char *const *matches; /* FIELD=VALUE and `+`, in the order of the command line */
    size_t n_matches;
    const char *boot;           /* -b: "", "0", "-1", ID, "ID+1", "all"; NULL: default */
    bool dmesg;                 /* -k: the kernel, of this boot unless -b says otherwise */
    int64_t since_us, until_us; /* -S, -U: UTC; TIME_UNKNOWN: no limit */
    const char *directory;      /* -D */
    const char *const *files;   /* --file */
    size_t n_files;
    const char *root;         /* --root */
    const char *machine;      /* -M: a container on this host; NULL: none */
    bool merge;               /* -m */
    const char *cursor;       /* -c: from this entry on; NULL: from the first */
    bool after_cursor;        /* --after-cursor: from the next entry on */
    bool with_context;        /* with a cursor: read the entries of its boot before it first, at
                               * most JOURNAL_CONTEXT_ENTRIES */
    uint64_t lines;           /* -n: only the last `lines` entries; 0: all */
    int priority;             /* -p: at most this priority (0..7); -1: all */
    int priority_from;        /* -p FROM..TO: and at least this one; else 0 */
    const char *grep;         /* -g: only matching entries; NULL: all. It must compile */
    enum grep_case grep_case; /* --case-sensitive */
    const char *invocation;   /* -I: "", "0", "-1", "1", ID; NULL: any */
    const char *name_space;   /* --namespace: NAME, "+NAME" with the default one, "*" for all */
};

/* About a day of a busy node, which takes a second to read. */
enum {
    JOURNAL_CONTEXT_ENTRIES = 1000000
};

struct journal_query journal_query_empty(void);

/* The query described by a caller of the library. NULL: journal_query_empty(). Strings and arrays
 * remain owned by the caller. */
struct journal_query journal_query_from(const diag_journal *journal);

/* True if it differs from the default. */
bool journal_query_is_default(const struct journal_query *query);

/* Does it ask for all of a journal? What says which journal it is does not count. */
bool journal_query_is_all(const struct journal_query *query);

/* Is it a journal of this very host that it names? NULL: the default, which is. */
bool journal_query_is_live(const struct journal_query *query);

/* What the user calls the journal that it names: a directory, a machine, the first of its files,
 * `journal` for this host's. Borrowed from the query. NULL: the default. */
const char *journal_query_name(const struct journal_query *query);

/* The root directory that it names, "" for that of this host. NULL: the default. */
const char *journal_query_root(const struct journal_query *query);

#endif

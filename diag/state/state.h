#ifndef NODECAUSE_STATE_STATE_H
#define NODECAUSE_STATE_STATE_H

#include "base/arena.h"
#include "entry/notes.h"
#include "rule/rule.h"
#include "signal/fact.h"

/* What state files say of a node: tables of rows, each row with its file and line. A kind that no
 * input gave is unknown, and unknown is never "fine".
 *
 * To add a kind: write state_<kind>.c that defines `const struct state_kind state_<kind>`. */

struct state_row {
    const struct fact *facts; /* columns; for all kinds also `line`: the row as it stands */
    size_t n_facts;
    const char *file;
    uint64_t line; /* 1-based; 0 when the file has no lines */
};

struct state_table {
    const struct state_kind *kind;
    const struct state_row *rows;
    size_t n_rows;
    size_t n_bad; /* lines that were not understood */
};

/* What a bid says: 0 to 100, the share of lines that have the kind's shape, and a little more when
 * the path agrees. Below STATE_BID_TAKEN nothing is taken, so that a log never becomes state. */
enum {
    STATE_BID_NO = 0,
    STATE_BID_NAME = 10, /* what an agreeing path adds */
    STATE_BID_TAKEN = 75,
    STATE_BID_SURE = 100,
};

struct states;

struct state_kind {
    const char *name; /* `fstab`, as in rules */
    const char *summary;
    const char *columns;    /* `device mount fstype options dump pass line`, for docs and checks */
    bool may_be_empty;      /* a table without rows says that there is none of it (swaps) */
    const char *host_paths; /* where a live host has it: blank-separated globs, later files win:
                             * `/etc/sysctl.d/[0-9]*.conf /etc/sysctl.conf`; NULL: see add_host */

    /* How sure is it that these bytes (whole lines from the start of the file at `path`, which may
     * be empty) are this kind? Must not allocate. */
    int (*bid)(struct span path, struct span head);

    /* Reads the rows of a file. Lines it does not understand are noted and skipped. Cannot fail. */
    void (*parse)(struct span text, const char *file, struct arena *arena, struct notes *notes,
                  struct state_table *ret);

    /* Adds, with states_add(), what a live host has where it is no file of a fixed name (df,
     * units). `root` is "" or a prefix directory. NULL: host_paths are all. */
    void (*add_host)(struct states *states, const char *root, struct notes *notes);

    /* Makes the table from those of other kinds, when no input gave it. False: cannot be told.
     * NULL: never. */
    bool (*derive)(const struct states *states, struct arena *arena, struct state_table *ret);
};

extern const struct state_kind *const state_kinds[]; /* made by CMake; ends with NULL */

const struct state_kind *state_kind_find(struct span name); /* or NULL */

/* The tables of one node. */
struct states *states_new(void);
void states_free(struct states *states); /* NULL is fine */
DEFINE_CLEANUP(struct states, states_free)

/* Adds a file's text if it is a state file; the kind may be forced by its name (NULL: by bids).
 * The kind as which it was taken, or NULL: not when no line of it was understood, since an error
 * message is no empty table. The same kind twice: rows are added. `path` may be NULL. All that is
 * kept is copied. */
const struct state_kind *states_add(struct states *states, const char *kind, const char *path,
                                    struct span text, struct notes *notes);

/* Adds the tables of df that stand inside a log or a report, as people paste them, at most 16. True
 * when there is one. */
bool states_add_embedded(struct states *states, const char *path, struct span text,
                         struct notes *notes);

/* Reads all kinds from this host (or the tree under `root`). Kinds that cannot be read stay
 * unknown. */
void states_add_host(struct states *states, const char *root, struct notes *notes);

/* The table, or NULL: unknown. Its rows move when another file of the kind is added. */
const struct state_table *states_find(const struct states *states, struct span kind);

enum tristate {
    IS_FALSE,
    IS_TRUE,
    IS_UNKNOWN
};

/* The column of that name, or NULL. */
const struct fact *state_row_fact(const struct state_row *row, struct span name);

/* Answers a rule's question. A column that a row does not have, a number that cannot be read and a
 * path that no row names are unknown too; of rows with the same path the last counts. When true,
 * *ret_row is the first row that made it so (NULL when there is none, as for `none:`); may be NULL.
 */
enum tristate states_ask(const struct states *states, const struct rules *rules,
                         const struct state_rule *question, const struct state_row **ret_row);

#endif

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
};

struct state_kind {
    const char *name;          /* `fstab`, as in rules */
    const char *summary;
    const char *columns;       /* `device mount fstype options dump pass line`, for docs and checks */
    const char *host_path;     /* where a live host has it: `/etc/fstab`; NULL: see read_host */

    /* How sure is it that these bytes (the head of a file with this base name, which may be empty)
     * are this kind? Bids as in format/format.h. */
    int (*bid)(struct span base_name, struct span head);

    /* Reads the rows. Lines it does not understand are noted and skipped. Cannot fail. */
    void (*parse)(struct span text, const char *file, struct arena *arena, struct notes *notes,
                  struct state_table *ret);

    /* The text a live host gives where it is no plain file (df, units, sysctl): 1: *ret is filled in
     * `arena`; 0: not to be had. NULL: host_path is read. `root` is "" or a prefix directory. */
    int (*read_host)(const char *root, struct arena *arena, struct span *ret);
};

extern const struct state_kind *const state_kinds[]; /* made by CMake; ends with NULL */

/* The tables of one node. */
struct states;

struct states *states_new(void);
void states_free(struct states *states); /* NULL is fine */
DEFINE_CLEANUP(struct states, states_free)

/* Adds a file's text if it is a state file; the kind may be forced by its name (NULL: by bids).
 * True when it was taken. The same kind twice: rows are added. */
bool states_add(struct states *states, const char *kind, const char *path, struct span text,
                struct notes *notes);

/* Reads all kinds from this host (or the tree under `root`). Kinds that cannot be read stay unknown. */
void states_add_host(struct states *states, const char *root, struct notes *notes);

/* The table, or NULL: unknown. */
const struct state_table *states_find(const struct states *states, struct span kind);

enum tristate { IS_FALSE, IS_TRUE, IS_UNKNOWN };

/* Answers a rule's question. When true, *ret_row is the first row that made it so (NULL when there is
 * none, as for `none:`); may be NULL. */
enum tristate states_ask(const struct states *states, const struct rules *rules,
                         const struct state_rule *question, const struct state_row **ret_row);

#endif

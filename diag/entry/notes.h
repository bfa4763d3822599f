#ifndef NODECAUSE_ENTRY_NOTES_H
#define NODECAUSE_ENTRY_NOTES_H

#include "base/arena.h"
#include "base/span.h"

#include <stdint.h>

/* What could not be seen: trouble of the input, counted, and printed as blind spots. */
enum note_kind {
    NOTE_LINE_CUT,   /* a line longer than our limit was cut */
    NOTE_PAGER_CUT,  /* lines were cut by a pager or a terminal before we got them */
    NOTE_LEFT_OUT,   /* long messages were left out by whoever wrote the input */
    NOTE_RECORD_BAD, /* a record its format does not allow was skipped */
    NOTE_BINARY,     /* the input holds NUL bytes or is no text */
    NOTE_INVALID_UTF8,
    NOTE_UNREADABLE,    /* a file, journal or part of one could not be read */
    NOTE_TRUNCATED,     /* the input ends in the middle */
    NOTE_SUPPRESSED,    /* journald dropped messages of a unit */
    NOTE_MISSED,        /* journald missed kernel messages */
    NOTE_ROTATED_START, /* the log begins in the middle of a run */
    NOTE_MISSING_BOOT,
    NOTE_VOLATILE_JOURNAL,
    NOTE_YEAR_UNKNOWN,
    NOTE_CLOCK_JUMP,    /* the wall clock was set during a boot */
    NOTE_PATTERN_LIMIT, /* a pattern was stopped by its limits on a record */
    NOTE_LIMIT,         /* more than we keep: signals, groups, rows */
    NOTE_NOT_APPLIED,   /* an option that selects entries does not fit the input */
    NOTE_KINDS
};

struct note {
    enum note_kind kind;
    struct span where;  /* input name, member, unit or rule it is about */
    struct span detail; /* one sentence for people, of the first occurrence; may be empty */
    uint64_t count;
    uint64_t first_line; /* in the input; 0 when it has no lines */
};

struct notes;

struct notes *notes_new(void);
void notes_free(struct notes *notes); /* NULL is fine */
DEFINE_CLEANUP(struct notes, notes_free)

/* Counts one more; same kind and `where` are one note. `notes` may be NULL: nothing happens.
 * Beyond LIMIT_NOTES only the counters of what is there move. */
void notes_add(struct notes *notes, enum note_kind kind, struct span where, uint64_t line,
               const char *detail, ...) PRINTF_LIKE(5, 6);

/* Counts `n` more. */
void notes_add_many(struct notes *notes, enum note_kind kind, struct span where, uint64_t n,
                    const char *detail);

size_t notes_count(const struct notes *notes);
const struct note *notes_get(const struct notes *notes, size_t i);

/* `line-cut`, `pager-cut`, ...: the name in JSON. Static. */
const char *note_kind_name(enum note_kind kind);

#endif

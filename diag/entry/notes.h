#ifndef NODECAUSE_ENTRY_NOTES_H
#define NODECAUSE_ENTRY_NOTES_H

#include "base/arena.h"
#include "base/span.h"

#include <stdint.h>

/* Blind spots: problems of the input that limit what can be concluded, counted. */
enum note_kind {
    NOTE_LINE_CUT,   /* a line longer than the limit was truncated */
    NOTE_PAGER_CUT,  /* lines in the input were truncated by a pager or a terminal */
    NOTE_LEFT_OUT,   /* long messages were omitted by the program that wrote the input */
    NOTE_RECORD_BAD, /* an invalid record was skipped */
    NOTE_BINARY,     /* the input contains NUL bytes or is not text */
    NOTE_INVALID_UTF8,
    NOTE_NOT_READ,      /* a part of the input, because of a limit */
    NOTE_UNREADABLE,    /* a file, journal or part of one could not be read */
    NOTE_TRUNCATED,     /* the input ends in the middle of a record */
    NOTE_SUPPRESSED,    /* journald dropped messages of a unit */
    NOTE_MISSED,        /* journald missed kernel messages */
    NOTE_ROTATED_START, /* the log starts in the middle of a run */
    NOTE_MISSING_BOOT,
    NOTE_VOLATILE_JOURNAL,
    NOTE_YEAR_UNKNOWN,
    NOTE_BOOT_UNKNOWN,  /* entries count from a boot of which it is not known when it began */
    NOTE_CLOCK_JUMP,    /* the wall clock was set during a boot */
    NOTE_PATTERN_LIMIT, /* a pattern exceeded its limits on a record */
    NOTE_LIMIT,         /* more signals, groups or rows than the limits */
    NOTE_NOT_APPLIED,   /* an option that selects entries does not apply to the input */
    NOTE_NOT_SELECTED,  /* the options that select entries select none of the input */
    NOTE_STATE_UNUSED,  /* a state file is of another node than the logs, or of an unknown one */
    NOTE_NOT_KEPT,      /* the collector of a support bundle keeps only a part of a log */
    NOTE_NOT_IN_KIND,   /* what this kind of support bundle never holds */
    NOTE_NOT_COLLECTED, /* a file holds only the error of its collector */
    NOTE_RULE_SKIPPED,  /* a bad rule file was left out */
    NOTE_KINDS
};

struct note {
    enum note_kind kind;
    struct span where;  /* input name, member, unit or rule */
    struct span detail; /* one sentence about the first occurrence; may be empty */
    uint64_t count;
    uint64_t first_line; /* in the input; 0 if it has no lines */
};

struct notes;

struct notes *notes_new(void);
void notes_free(struct notes *notes); /* NULL is allowed */
DEFINE_CLEANUP(struct notes, notes_free)

/* Counts one more; the same kind and `where` are one note. `notes` may be NULL, then nothing
 * happens. Beyond LIMIT_NOTES only existing notes are counted. */
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

/* Notes about problems of the input, counted: one for each kind and place. */

#include "entry/notes.h"

#include "base/limits.h"
#include "base/vec.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

struct notes {
    struct arena *arena;
    VEC(struct note) items;
};

struct notes *notes_new(void)
{
    struct notes *notes = ALLOC(struct notes);

    notes->arena = arena_new();
    return notes;
}

void notes_free(struct notes *notes)
{
    if (!notes) {
        return;
    }
    arena_free(notes->arena);
    vec_free(&notes->items);
    free(notes);
}

static struct note *find(struct notes *notes, enum note_kind kind, struct span where)
{
    for (size_t i = 0; i < notes->items.n; i++) {
        struct note *note = &notes->items.items[i];

        if (note->kind == kind && span_equal(note->where, where)) {
            return note;
        }
    }
    return NULL;
}

/* A new note, or NULL if the limit is reached. */
static struct note *add(struct notes *notes, enum note_kind kind, struct span where, uint64_t line)
{
    if (notes->items.n >= LIMIT_NOTES) {
        return NULL;
    }
    vec_push(&notes->items, (struct note){ .kind = kind,
                                           .where = arena_copy(notes->arena, where),
                                           .first_line = line });
    return &notes->items.items[notes->items.n - 1];
}

void notes_add(struct notes *notes, enum note_kind kind, struct span where, uint64_t line,
               const char *detail, ...)
{
    struct note *note;
    char text[512];
    va_list arguments;

    if (!notes) {
        return;
    }
    note = find(notes, kind, where);
    if (!note) {
        note = add(notes, kind, where, line);
        if (!note) {
            return;
        }
        va_start(arguments, detail);
        (void)vsnprintf(text, sizeof(text), detail, arguments);
        va_end(arguments);
        note->detail = arena_copy(notes->arena, span_of(text));
    }
    note->count++;
}

void notes_add_many(struct notes *notes, enum note_kind kind, struct span where, uint64_t n,
                    const char *detail)
{
    struct note *note;

    if (!notes || n == 0) {
        return;
    }
    note = find(notes, kind, where);
    if (!note) {
        note = add(notes, kind, where, 0);
        if (!note) {
            return;
        }
        note->detail = arena_copy(notes->arena, span_of(detail));
    }
    note->count += n;
}

size_t notes_count(const struct notes *notes)
{
    return notes->items.n;
}

const struct note *notes_get(const struct notes *notes, size_t i)
{
    assert(i < notes->items.n);
    return &notes->items.items[i];
}

const char *note_kind_name(enum note_kind kind)
{
    static const char *const names[NOTE_KINDS] = {
        [NOTE_LINE_CUT] = "line-cut",
        [NOTE_PAGER_CUT] = "pager-cut",
        [NOTE_LEFT_OUT] = "left-out",
        [NOTE_RECORD_BAD] = "record-bad",
        [NOTE_BINARY] = "binary",
        [NOTE_INVALID_UTF8] = "invalid-utf8",
        [NOTE_NOT_READ] = "not-read",
        [NOTE_UNREADABLE] = "unreadable",
        [NOTE_TRUNCATED] = "truncated",
        [NOTE_SUPPRESSED] = "suppressed",
        [NOTE_MISSED] = "missed",
        [NOTE_ROTATED_START] = "rotated-start",
        [NOTE_MISSING_BOOT] = "missing-boot",
        [NOTE_VOLATILE_JOURNAL] = "volatile-journal",
        [NOTE_YEAR_UNKNOWN] = "year-unknown",
        [NOTE_BOOT_UNKNOWN] = "boot-unknown",
        [NOTE_CLOCK_JUMP] = "clock-jump",
        [NOTE_PATTERN_LIMIT] = "pattern-limit",
        [NOTE_LIMIT] = "limit",
        [NOTE_NOT_APPLIED] = "not-applied",
        [NOTE_NOT_SELECTED] = "not-selected",
        [NOTE_STATE_UNUSED] = "state-unused",
        [NOTE_NOT_KEPT] = "not-kept",
        [NOTE_NOT_IN_KIND] = "not-in-kind",
        [NOTE_NOT_COLLECTED] = "not-collected",
        [NOTE_RULE_SKIPPED] = "rule-skipped",
    };

    assert(kind < NOTE_KINDS);
    return names[kind];
}

#include "state/state.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/vec.h"
#include "signal/facts.h"

#include <stdlib.h>

/* What is known about a kind. */
struct known_table {
    struct state_table table; /* kind is NULL while unknown */
    bool derived;             /* from other tables */
    VEC(struct state_row) rows;
};

struct states {
    struct arena *arena;
    int64_t moment_us;         /* of tables that are added */
    struct known_table *slots; /* one for each of state_kinds */
};

static size_t n_kinds(void)
{
    size_t n = 0;

    while (state_kinds[n]) {
        n++;
    }
    return n;
}

struct states *states_new(void)
{
    struct states *states = ALLOC(struct states);

    states->arena = arena_new();
    states->moment_us = TIME_UNKNOWN;
    states->slots = alloc_zeroed(n_kinds(), sizeof(*states->slots));
    return states;
}

void states_free(struct states *states)
{
    size_t i;

    if (!states) {
        return;
    }
    for (i = 0; state_kinds[i]; i++) {
        vec_free(&states->slots[i].rows);
    }
    arena_free(states->arena);
    free(states->slots);
    free(states);
}

const struct state_kind *state_kind_find(struct span name)
{
    size_t i;

    for (i = 0; state_kinds[i]; i++) {
        if (span_is(name, state_kinds[i]->name)) {
            return state_kinds[i];
        }
    }
    return NULL;
}

/* The text given to bidders: whole lines, unless the first line is longer than the text. */
static struct span head_of(struct span text)
{
    enum {
        HEAD_BYTES = 64 * 1024
    };
    struct span head = span_head(text, HEAD_BYTES);
    size_t size = head.size;

    if (head.size == text.size) {
        return head;
    }
    while (size > 0 && head.data[size - 1] != '\n') {
        size--;
    }
    return size > 0 ? span_head(head, size) : head;
}

static const struct state_kind *choose_kind(struct span path, struct span head)
{
    const struct state_kind *best = NULL;
    int best_bid = STATE_BID_TAKEN - 1;
    size_t i;

    if (span_find_byte(head, '\0') >= 0) {
        return NULL;
    }
    for (i = 0; state_kinds[i]; i++) {
        int bid = state_kinds[i]->bid(path, head);

        if (bid > best_bid) {
            best = state_kinds[i];
            best_bid = bid;
        }
    }
    return best;
}

static struct known_table *slot_of(const struct states *states, const struct state_kind *kind)
{
    size_t i;

    for (i = 0; state_kinds[i] != kind; i++) {
        ;
    }
    return &states->slots[i];
}

/* Rows of different moments describe none. */
static int64_t common_moment(const struct known_table *slot, int64_t more_us)
{
    return !slot->table.kind || slot->table.taken_us == more_us ? more_us : TIME_UNKNOWN;
}

/* Appends the rows of `more`, as long as there is room. */
static void add_rows(struct known_table *slot, const struct state_kind *kind,
                     const struct state_table *more, const char *file, struct notes *notes)
{
    size_t i;

    for (i = 0; i < more->n_rows && slot->rows.n < LIMIT_STATE_ROWS; i++) {
        vec_push(&slot->rows, more->rows[i]);
    }
    if (i < more->n_rows) {
        notes_add(notes, NOTE_LIMIT, span_of(file), 0, "only %d rows of a kind are kept",
                  LIMIT_STATE_ROWS);
    }
    slot->table =
        (struct state_table){ kind, slot->rows.items, slot->rows.n, slot->table.n_bad + more->n_bad,
                              common_moment(slot, more->taken_us) };
}

/* A full table accepts no more rows, and reading further would only use memory. */
static bool is_full(const struct known_table *slot, struct span path, struct notes *notes)
{
    if (slot->rows.n < LIMIT_STATE_ROWS) {
        return false;
    }
    notes_add(notes, NOTE_LIMIT, path, 0, "only %d rows of a kind are kept", LIMIT_STATE_ROWS);
    return true;
}

/* Derives the tables that no input contains from other tables. */
static void derive(struct states *states)
{
    size_t i;

    for (i = 0; state_kinds[i]; i++) {
        struct state_table table = { 0 };

        if (states->slots[i].table.kind || !state_kinds[i]->derive) {
            continue;
        }
        if (state_kinds[i]->derive(states, states->arena, &table)) {
            table.taken_us = states->moment_us;
            add_rows(&states->slots[i], state_kinds[i], &table, "", NULL);
            states->slots[i].derived = true;
        }
    }
}

static struct span limited(struct span text, struct span path, struct notes *notes)
{
    if (text.size > LIMIT_STATE_FILE_BYTES) {
        notes_add(notes, NOTE_LIMIT, path, 0, "only the first %d bytes were read",
                  LIMIT_STATE_FILE_BYTES);
    }
    return span_head(text, LIMIT_STATE_FILE_BYTES);
}

const struct state_kind *states_add_part(struct states *states, const char *kind,
                                         const struct state_text *part, struct notes *notes)
{
    static const struct span byte_order_mark = { "\xef\xbb\xbf", 3 };
    struct span path = span_of(part->file), text = part->text;
    const struct state_kind *chosen;
    struct state_table table = { 0 };
    char *file;

    if (span_starts(text, byte_order_mark)) {
        text = span_skip(text, byte_order_mark.size);
    }
    chosen = kind ? state_kind_find(span_of(kind)) : choose_kind(path, head_of(text));
    if (!chosen) {
        return NULL;
    }
    if (is_full(slot_of(states, chosen), path, notes)) {
        return chosen;
    }
    text = limited(text, path, notes);
    file = arena_string(states->arena, path);
    chosen->parse(&(struct state_text){ text, file, part->line }, states->arena, notes, &table);
    if (table.n_rows == 0 && (table.n_bad > 0 || !chosen->may_be_empty)) {
        return NULL;
    }
    table.taken_us = states->moment_us;
    add_rows(slot_of(states, chosen), chosen, &table, file, notes);
    derive(states);
    return chosen;
}

const struct state_kind *states_add(struct states *states, const char *kind, const char *path,
                                    struct span text, struct notes *notes)
{
    return states_add_part(states, kind, &(struct state_text){ text, path, 1 }, notes);
}

void states_set_moment(struct states *states, int64_t time_us)
{
    states->moment_us = time_us;
}

void states_merge(struct states *states, const struct states *more, struct notes *notes)
{
    size_t i;

    for (i = 0; state_kinds[i]; i++) {
        const struct known_table *from = &more->slots[i];

        if (from->table.kind && !from->derived) {
            add_rows(&states->slots[i], state_kinds[i], &from->table,
                     from->table.n_rows ? from->table.rows[0].file : "", notes);
        }
    }
    derive(states);
}

const struct state_table *states_find(const struct states *states, struct span kind)
{
    const struct state_kind *found = state_kind_find(kind);
    const struct state_table *table = found ? &slot_of(states, found)->table : NULL;

    return table && table->kind ? table : NULL;
}

const struct fact *state_row_fact(const struct state_row *row, struct span name)
{
    return facts_find(row->facts, row->n_facts, name);
}

bool states_empty(const struct states *states)
{
    size_t i;

    for (i = 0; state_kinds[i]; i++) {
        if (states->slots[i].table.kind) {
            return false;
        }
    }
    return true;
}

struct span states_host(const struct states *states)
{
    static const char *const kinds[] = { "hostname", "kernel" };
    size_t i;

    for (i = 0; i < N_ELEMENTS(kinds); i++) {
        const struct state_table *table = states_find(states, span_of(kinds[i]));
        const struct fact *host =
            table && table->n_rows ? state_row_fact(&table->rows[0], SPAN("host")) : NULL;

        if (host) {
            return host->text;
        }
    }
    return (struct span){ NULL, 0 };
}

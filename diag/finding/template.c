/* Fills the texts of rules; the grammar is in rules/README.md, "Texts":
 *
 *   The kubelet {version|of an unknown version} stops if swap is active.
 *   Active: {swaps: {device} ({size})}.
 *
 * What a name means depends on where it is: at the top, inside the row of a table, or inside a
 * command. */

#include "finding/template.h"

#include "finding/shell_quote.h"
#include "finding/template_slot.h"

/* Where values come from, and where the text goes. */
struct filler {
    const struct template_scope *scope;
    const struct fact_row *row; /* innermost row of a `{table: ...}`, or NULL */
    bool command;
    enum quoting quoting; /* of the command's own text, at this position */
    struct buf *out;
};

static bool add_fact(const struct filler *filler, const struct fact *fact)
{
    if (span_empty(fact->text)) {
        return false;
    }
    if (filler->command) {
        return shell_quote_add(filler->out, filler->quoting, fact->text);
    }
    fact_add_human(filler->out, fact);
    return true;
}

/* Words of a command, which come from the rules and not from a log. */
static bool add_words(const struct filler *filler, const struct finding_fact *words)
{
    buf_add(filler->out, words->values[0].text);
    return true;
}

static void add_separator(const struct filler *filler, const char *separator, bool first)
{
    if (!first) {
        buf_add_string(filler->out, separator);
    }
}

static const struct finding_fact *find_fact(const struct filler *filler, struct span name)
{
    return finding_fact_find(filler->scope->facts, filler->scope->n_facts, name);
}

static bool add_values(const struct filler *filler, const struct finding_fact *fact)
{
    bool any = false;

    for (size_t i = 0; i < fact->n_values; i++) {
        size_t before = filler->out->size;

        add_separator(filler, filler->command ? " " : ", ", !any);
        if (add_fact(filler, &fact->values[i])) {
            any = true;
        } else {
            filler->out->size = before;
        }
    }
    return any;
}

/* Does an earlier row have the same text in this column? */
static bool is_repeated(const struct fact_table *table, size_t row, struct span name,
                        struct span text)
{
    for (size_t i = 0; i < row; i++) {
        const struct fact *fact = fact_row_find(&table->rows[i], name);

        if (fact && span_equal(fact->text, text)) {
            return true;
        }
    }
    return false;
}

/* `{swaps.device}`: the column of all rows, each value once. */
static bool add_column(const struct filler *filler, const struct fact_table *table,
                       struct span column)
{
    bool any = false;

    for (size_t i = 0; i < table->n_rows; i++) {
        const struct fact *fact = fact_row_find(&table->rows[i], column);
        size_t before = filler->out->size;

        if (!fact || is_repeated(table, i, column, fact->text)) {
            continue;
        }
        add_separator(filler, filler->command ? " " : ", ", !any);
        if (add_fact(filler, fact)) {
            any = true;
        } else {
            filler->out->size = before;
        }
    }
    return any;
}

/* The row that made the rule's state of that name true, or NULL. */
static const struct state_row *find_state(const struct filler *filler, struct span name)
{
    const struct rule *rule = filler->scope->rule;

    if (!rule || !filler->scope->state_rows) {
        return NULL;
    }
    for (size_t i = 0; i < rule->n_states; i++) {
        if (span_equal(rule->states[i].name, name)) {
            return filler->scope->state_rows[i];
        }
    }
    return NULL;
}

/* `{a.b}`: a column of a state's row or of a table. */
static bool add_dotted(const struct filler *filler, struct span name)
{
    ptrdiff_t dot = span_find_byte(name, '.');
    const struct finding_fact *table;
    const struct state_row *state;
    const struct fact *fact;
    struct span column;

    if (dot < 0) {
        return false;
    }
    column = span_skip(name, (size_t)dot + 1);
    name = span_head(name, (size_t)dot);
    table = find_fact(filler, name);
    if (table && table->table) {
        return add_column(filler, table->table, column);
    }
    state = find_state(filler, name);
    fact = state ? state_row_fact(state, column) : NULL;
    return fact && add_fact(filler, fact);
}

static bool add_name(const struct filler *filler, struct span name)
{
    const struct fact *column = filler->row ? fact_row_find(filler->row, name) : NULL;
    const struct finding_fact *fact;

    if (column) {
        return add_fact(filler, column);
    }
    fact = find_fact(filler, name);
    if (fact && fact->is_command) {
        return add_words(filler, fact);
    }
    return fact && !fact->table ? add_values(filler, fact) : add_dotted(filler, name);
}

static bool fill(struct filler *filler, struct span text);

/* `{table: row}`: each row that has all its columns, joined by `; `. */
static bool add_rows(const struct filler *filler, const struct template_slot *slot)
{
    const struct finding_fact *fact = find_fact(filler, slot->name);
    bool any = false;

    for (size_t i = 0; fact && fact->table && i < fact->table->n_rows; i++) {
        struct filler inner = *filler;
        size_t before = filler->out->size;

        inner.row = &fact->table->rows[i];
        add_separator(filler, "; ", !any);
        if (fill(&inner, slot->text)) {
            any = true;
        } else {
            filler->out->size = before;
        }
    }
    return any;
}

static bool add_slot(const struct filler *filler, const struct template_slot *slot)
{
    size_t before = filler->out->size;
    struct filler inner = *filler;

    if (slot->separator == ':') {
        return add_rows(filler, slot);
    }
    if (add_name(filler, slot->name)) {
        return true;
    }
    filler->out->size = before;
    return slot->separator == '|' && fill(&inner, slot->text);
}

/* Copies one piece of the text, a slot or a character, and returns its length. */
static size_t fill_piece(struct filler *filler, struct span text, bool *known)
{
    struct template_slot slot;

    if (!template_slot_begins(text)) {
        filler->quoting = shell_quote_after(filler->quoting, text.data[0]);
        buf_add_byte(filler->out, text.data[0]);
        return text.data[0] == '{' ? 2 : 1;
    }
    slot = template_slot_parse(text);
    if (slot.size == 0) { /* the loader refuses such a text */
        *known = false;
        return text.size;
    }
    *known &= add_slot(filler, &slot);
    return slot.size;
}

/* Is this the end of a sentence: a full stop with white space after it? */
static bool ends_sentence(struct span rest)
{
    return rest.size >= 2 && rest.data[0] == '.' && (rest.data[1] == ' ' || rest.data[1] == '\n');
}

/* Fills a text that is kept whole: false when something in it is not known. */
static bool fill(struct filler *filler, struct span text)
{
    bool known = true;

    while (text.size) {
        text = span_skip(text, fill_piece(filler, text, &known));
    }
    return known;
}

/* Fills a text sentence by sentence, and takes back those with something unknown. */
static void fill_sentences(struct filler *filler, struct span text)
{
    size_t start = filler->out->size;
    bool known = true;

    while (text.size) {
        bool end = ends_sentence(text);

        text = span_skip(text, fill_piece(filler, text, &known));
        if (!end && text.size) {
            continue;
        }
        if (!known) {
            filler->out->size = start;
        } else if (text.size) {
            buf_add_byte(filler->out, ' ');
        }
        if (end) {
            text = span_skip(text, 1);
        }
        start = filler->out->size;
        known = true;
    }
}

const char *template_fill(const char *text, const struct template_scope *scope, struct arena *arena)
{
    CLEANUP(buf_done_at) struct buf out = { 0 };
    struct filler filler = { .scope = scope, .out = &out };

    fill_sentences(&filler, span_of(text));
    return arena_string(arena, span_trim(buf_span(&out)));
}

const char *template_fill_command(const char *text, const struct template_scope *scope,
                                  struct arena *arena)
{
    CLEANUP(buf_done_at) struct buf out = { 0 };
    struct filler filler = { .scope = scope, .command = true, .out = &out };

    return fill(&filler, span_of(text)) ? arena_string(arena, buf_span(&out)) : NULL;
}

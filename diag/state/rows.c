#include "state/rows.h"

#include "base/limits.h"

#include <math.h>

void rows_init(struct rows *rows, const struct state_text *text, struct arena *arena,
               struct notes *notes)
{
    *rows = (struct rows){ .file = text->file,
                           .arena = arena,
                           .notes = notes,
                           .rest = text->text,
                           .number = text->line,
                           .next = text->line };
}

bool rows_full(struct rows *rows)
{
    if (rows->kept.n < LIMIT_STATE_ROWS) {
        return false;
    }
    if (!rows->full) {
        notes_add(rows->notes, NOTE_LIMIT, span_of(rows->file), rows->number,
                  "only the first %d rows were read", LIMIT_STATE_ROWS);
    }
    rows->full = true;
    return true;
}

bool rows_next(struct rows *rows, struct span *ret)
{
    struct span line;

    while (span_cut(&rows->rest, '\n', &line)) {
        rows->number = rows->next++;
        if (span_empty(span_trim(line))) {
            continue;
        }
        if (rows_full(rows)) {
            return false;
        }
        if (line.data[line.size - 1] == '\r') {
            line.size--;
        }
        *ret = line;
        return true;
    }
    return false;
}

static struct fact line_cell(struct rows *rows, struct span line)
{
    if (line.data != rows->line.data || line.size != rows->line.size) {
        rows->line_cell = rows_cell(rows, "line", FACT_TEXT, span_trim(line));
    }
    rows->line = line;
    return rows->line_cell;
}

void rows_add(struct rows *rows, struct span line, const struct fact *facts, size_t n)
{
    struct fact *copies;
    size_t kept;
    size_t i;

    if (rows_full(rows)) {
        return;
    }
    copies = ARENA_ARRAY(rows->arena, struct fact, n + 1);
    kept = 0;
    for (i = 0; i < n; i++) {
        if (!span_empty(facts[i].text)) {
            copies[kept++] = facts[i];
        }
    }
    copies[kept++] = line_cell(rows, line);
    vec_push(&rows->kept,
             (struct state_row){
                 .facts = copies, .n_facts = kept, .file = rows->file, .line = rows->number });
}

void rows_add_setting(struct rows *rows, struct span line, struct span path, enum fact_type type,
                      struct span value)
{
    struct fact facts[2];

    if (rows_full(rows)) {
        return;
    }
    facts[0] = rows_cell(rows, "path", FACT_TEXT, path);
    facts[1] = rows_cell(rows, "value", type, value);
    rows_add(rows, line, facts, N_ELEMENTS(facts));
}

void rows_bad(struct rows *rows)
{
    rows->n_bad++;
    notes_add(rows->notes, NOTE_RECORD_BAD, span_of(rows->file), rows->number,
              "skipped unparsable lines");
}

void rows_finish(struct rows *rows, struct state_table *ret)
{
    struct state_row *copies = ARENA_ARRAY(rows->arena, struct state_row, rows->kept.n);

    if (rows->kept.n) {
        memcpy(copies, rows->kept.items, rows->kept.n * sizeof(*copies));
    }
    ret->rows = copies;
    ret->n_rows = rows->kept.n;
    ret->n_bad = rows->n_bad;
    vec_free(&rows->kept);
}

struct fact rows_cell(struct rows *rows, const char *name, enum fact_type type, struct span text)
{
    return fact_parse(span_of(name), type, text, rows->arena);
}

struct fact rows_amount(struct rows *rows, const char *name, enum fact_type type, struct span text,
                        double unit)
{
    struct fact fact = fact_parse(span_of(name), FACT_TEXT, text, rows->arena);

    fact.type = type;
    fact.has_number = amount_read(text, unit, &fact.number);
    return fact;
}

/* The power of 1024 that a letter means; 0 for `B`, -1 if invalid. */
static int power_of(char letter)
{
    static const char letters[] = "BKMGTPE";
    const char *at = letter ? strchr(letters, letter == 'k' ? 'K' : letter) : NULL;

    return at ? (int)(at - letters) : -1;
}

/* Cuts decimal digits with at most one decimal mark off the text. */
static bool cut_decimal(struct span *text, double *ret)
{
    double value = 0;
    double scale = 0;
    size_t i;

    for (i = 0; i < text->size; i++) {
        char c = text->data[i];

        if (is_digit(c)) {
            value = value * 10 + (c - '0');
            scale *= 10;
        } else if ((c == '.' || c == ',') && scale == 0 && i > 0) {
            scale = 1;
        } else {
            break;
        }
    }
    if (i == 0 || scale == 1 || !isfinite(value) || !isfinite(scale)) {
        return false;
    }
    *text = span_skip(*text, i);
    *ret = scale > 1 ? value / scale : value;
    return true;
}

bool amount_read(struct span text, double unit, double *ret)
{
    double value;
    int power;

    if (!cut_decimal(&text, &value)) {
        return false;
    }
    if (span_empty(text)) {
        *ret = round(value * unit);
        return true;
    }
    power = power_of(text.data[0]);
    text = span_skip(text, 1);
    if (power < 0 || !(span_empty(text) || span_is(text, "i") || span_is(text, "iB"))) {
        return false;
    }
    *ret = round(value * pow(1024, power));
    return true;
}

enum fact_type type_of_value(struct span value)
{
    int64_t number;

    return span_to_int(value, &number) ? FACT_INTEGER : FACT_TEXT;
}

size_t words_of(struct span line, struct span *words, size_t max)
{
    size_t n = 0;

    while (n < max && span_word(&line, &words[n])) {
        n++;
    }
    return n;
}

struct span line_from(struct span line, struct span word)
{
    return span_trim(span_skip(line, (size_t)(word.data - line.data)));
}

struct span unquoted(struct span text)
{
    if (text.size >= 2 && (text.data[0] == '"' || text.data[0] == '\'') &&
        text.data[text.size - 1] == text.data[0]) {
        return (struct span){ text.data + 1, text.size - 2 };
    }
    return text;
}

struct span path_base(struct span path)
{
    size_t i;

    for (i = path.size; i > 0; i--) {
        if (path.data[i - 1] == '/') {
            return span_skip(path, i);
        }
    }
    return path;
}

bool span_contains(struct span span, const char *needle)
{
    return span_find(span, span_of(needle)) >= 0;
}

bool span_begins(struct span span, const char *prefix)
{
    return span_starts(span, span_of(prefix));
}

bool word_among(struct span word, const char *const *words)
{
    for (; *words; words++) {
        if (span_is(word, *words)) {
            return true;
        }
    }
    return false;
}

/* A time of day near its start, which lines of logs have: `Jun 02 15:59:24`. */
static bool is_logged(struct span line)
{
    enum {
        STAMP_BYTES = 32,
        TIME_BYTES = 8, /* of `15:59:24` */
    };

    for (size_t i = 0; i < STAMP_BYTES && i + TIME_BYTES <= line.size; i++) {
        const char *at = line.data + i;

        if (at[2] == ':' && at[5] == ':' && is_digit(at[0]) && is_digit(at[1]) && is_digit(at[3]) &&
            is_digit(at[4]) && is_digit(at[6]) && is_digit(at[7])) {
            return true;
        }
    }
    return false;
}

int bid_lines(struct span head, enum line_shape (*shape)(struct span line), bool named)
{
    size_t count[LINE_ROW + 1] = { 0 };
    size_t all;
    struct span line;

    while (span_cut(&head, '\n', &line)) {
        line = span_trim(line);
        if (span_empty(line)) {
            continue;
        }
        if (shape(line) == LINE_ALIEN && is_logged(line)) {
            return STATE_BID_NO;
        }
        count[shape(line)]++;
    }
    all = count[LINE_ALIEN] + count[LINE_NOISE] + count[LINE_ROW];
    if (count[LINE_ROW] == 0) {
        return STATE_BID_NO;
    }
    return (int)(STATE_BID_SURE * (all - count[LINE_ALIEN]) / all) + (named ? STATE_BID_NAME : 0);
}

#ifndef NODECAUSE_STATE_ROWS_H
#define NODECAUSE_STATE_ROWS_H

#include "base/vec.h"
#include "state/state.h"

/* Common code of the readers of state files: reads lines, adds typed rows, at most
 * LIMIT_STATE_ROWS. */
struct rows {
    const char *file;
    struct arena *arena;
    struct notes *notes;
    struct span rest;
    uint64_t number; /* of the line returned by rows_next(), and */
    uint64_t next;   /* of the one after it */
    size_t n_bad;
    bool full;
    struct span line;      /* of the last row, and */
    struct fact line_cell; /* its column: a line can contain several settings */
    VEC(struct state_row) kept;
};

/* What `text` points to and `arena` must outlive it; `notes` may be NULL. */
void rows_init(struct rows *rows, const struct state_text *text, struct arena *arena,
               struct notes *notes);

/* The next line that is not empty, without its newline. False at the end, or if the table is full.
 */
bool rows_next(struct rows *rows, struct span *ret);

/* Adds a row. Facts without text are omitted; `line` is added as the column `line`. */
void rows_add(struct rows *rows, struct span line, const struct fact *facts, size_t n);

/* A row of kinds that are a list of settings: columns `path` and `value`. */
void rows_add_setting(struct rows *rows, struct span line, struct span path, enum fact_type type,
                      struct span value);

/* True if there is no room for another row. Noted the first time. */
bool rows_full(struct rows *rows);

/* Counts and notes the current line as unparsable. */
void rows_bad(struct rows *rows);

/* Moves the rows to the arena. */
void rows_finish(struct rows *rows, struct state_table *ret);

/* A cell: its text as a fact of the type. `name` must outlive the arena. */
struct fact rows_cell(struct rows *rows, const char *name, enum fact_type type, struct span text);

/* A cell that is an amount, `5.8G`, `448M`, `998396`: a number without a letter is in `unit`,
 * letters are powers of 1024. The fact's number is the product, rounded (in bytes for byte types).
 */
struct fact rows_amount(struct rows *rows, const char *name, enum fact_type type, struct span text,
                        double unit);

/* Parses such an amount: `947.2M`, `1,5G`, `23Gi`, `0B`. */
bool amount_read(struct span text, double unit, double *ret);

/* FACT_INTEGER if the text is an integer, else FACT_TEXT. */
enum fact_type type_of_value(struct span value);

/* Splits off the first `max` words of a line; returns their number. */
size_t words_of(struct span line, struct span *words, size_t max);

/* From the start of `word`, which points into `line`, to the end of the line, trimmed. */
struct span line_from(struct span line, struct span word);

/* Without surrounding quotes. */
struct span unquoted(struct span text);

/* The last component of a path. */
struct span path_base(struct span path);

bool span_contains(struct span span, const char *needle);
bool span_begins(struct span span, const char *prefix);

/* True if the word is one of these, up to the NULL. */
bool word_among(struct span word, const char *const *words);

/* Lines at the start of a file, counted by shape. */
enum line_shape {
    LINE_ALIEN, /* not of this kind */
    LINE_NOISE, /* header, comment, footer: allowed, but proves nothing */
    LINE_ROW,
};

/* The bid of a kind whose lines can be judged one at a time: the share of lines that are rows or
 * noise, STATE_BID_NO without a row or with a line of a log; STATE_BID_NAME more if `named`. */
int bid_lines(struct span head, enum line_shape (*shape)(struct span line), bool named);

#endif

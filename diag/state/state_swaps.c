/* Active swap: /proc/swaps (proc(5)), `swapon --summary`, and the table of `swapon --show`
 * (swapon(8)). A header without rows, or empty output of swapon, means no swap.
 *
 *   /dev/sda5                               partition	998396	0	-1
 */

#include "state/rows.h"

/* Columns of `swapon --show`, in the order of its header. */
enum swap_column {
    DEVICE,
    TYPE,
    SIZE,
    USED,
    PRIORITY,
    COLUMNS
};

static bool is_type(struct span word)
{
    static const char *const types[] = { "partition", "file", NULL };

    return word_among(word, types);
}

/* With `--bytes` and in /proc/swaps the numbers look alike; the header distinguishes them. */
static bool is_show_header(struct span line)
{
    struct span word;

    return span_word(&line, &word) && span_is(word, "NAME") && span_contains(line, "SIZE");
}

static bool split(struct span line, struct span words[COLUMNS])
{
    double number;
    int64_t priority;

    return words_of(line, words, COLUMNS) == COLUMNS && is_type(words[TYPE]) &&
           amount_read(words[SIZE], 1, &number) && amount_read(words[USED], 1, &number) &&
           span_to_int(words[PRIORITY], &priority);
}

static enum line_shape shape(struct span line)
{
    struct span words[COLUMNS];

    if (span_begins(line, "Filename") && span_contains(line, "Priority")) {
        return LINE_ROW;
    }
    if (is_show_header(line) && span_contains(line, "PRIO")) {
        return LINE_ROW;
    }
    return split(line, words) ? LINE_ROW : LINE_ALIEN;
}

static int bid(struct span path, struct span head)
{
    struct span name = path_base(path);
    bool named = span_begins(name, "swap");

    if (span_empty(span_trim(head))) {
        return span_begins(name, "swapon") || span_is(name, "swap") ? STATE_BID_TAKEN
                                                                    : STATE_BID_NO;
    }
    return bid_lines(head, shape, named);
}

static void add(struct rows *rows, struct span line, const struct span words[COLUMNS], double unit)
{
    const struct fact facts[] = {
        rows_cell(rows, "device", FACT_PATH, words[DEVICE]),
        rows_cell(rows, "type", FACT_TEXT, words[TYPE]),
        rows_amount(rows, "size", FACT_KIBIBYTES, words[SIZE], unit),
        rows_amount(rows, "used", FACT_KIBIBYTES, words[USED], unit),
        rows_cell(rows, "priority", FACT_INTEGER, words[PRIORITY]),
    };

    rows_add(rows, line, facts, N_ELEMENTS(facts));
}

static void parse(const struct state_text *text, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    struct span words[COLUMNS];
    struct rows rows;
    struct span line;
    double unit = 1024;

    rows_init(&rows, text, arena, notes);
    while (rows_next(&rows, &line)) {
        if (split(line, words)) {
            add(&rows, line, words, unit);
        } else if (is_show_header(line)) {
            unit = 1;
        } else if (!span_begins(span_trim(line), "Filename")) {
            rows_bad(&rows);
        }
    }
    rows_finish(&rows, ret);
}

const struct state_kind state_swaps = {
    .name = "swaps",
    .summary = "active swap devices and files",
    .columns = "device type size used priority line",
    .may_be_empty = true,
    .host_paths = "/proc/swaps",
    .bid = bid,
    .parse = parse,
};

#include "state/df.h"

enum {
    WORDS = 16
};

static bool is_amount(struct span word)
{
    double number;

    return span_is(word, "-") || amount_read(word, 1, &number);
}

static bool is_percent(struct span word)
{
    double number;

    if (span_is(word, "-")) {
        return true;
    }
    return word.size > 1 && word.data[word.size - 1] == '%' &&
           amount_read(span_head(word, word.size - 1), 1, &number);
}

/* Index of the percentage: before a path and after three amounts; 0 if not found. */
static size_t find_percent(const struct span *words, size_t n)
{
    size_t i;

    for (i = 3; i + 1 < n; i++) {
        if (is_percent(words[i]) && words[i + 1].data[0] == '/' && is_amount(words[i - 1]) &&
            is_amount(words[i - 2]) && is_amount(words[i - 3])) {
            return i;
        }
    }
    return 0;
}

static bool is_fstype(struct span word)
{
    return word.data[0] >= 'a' && word.data[0] <= 'z' && span_find_byte(word, '/') < 0;
}

bool df_row_split(struct span line, struct df_row *ret)
{
    struct span words[WORDS];
    size_t n = words_of(line, words, WORDS);
    size_t percent = find_percent(words, n);
    size_t before = percent - 3;
    struct df_row row = { .device = { NULL, 0 } };

    if (percent == 0 || (before > 2 && words[0].data[0] != '/')) {
        return false;
    }
    if (before > 1 && is_fstype(words[before - 1])) {
        row.fstype = words[--before];
    }
    if (before > 0) {
        row.device = (struct span){
            words[0].data, (size_t)(words[before - 1].data + words[before - 1].size - words[0].data)
        };
    }
    row.size = words[percent - 3];
    row.used = words[percent - 2];
    row.avail = words[percent - 1];
    row.percent = words[percent];
    row.mount = line_from(line, words[percent + 1]);
    *ret = row;
    return true;
}

/* The block size in a word of the header: `1K-blocks`, `1024-blocks`, `1K-块`, and in Romance
 * languages a single `1K`; 0 if there is none. */
static double unit_of_word(struct span word)
{
    double unit;
    size_t i;

    for (i = 0; i < word.size && is_digit(word.data[i]); i++) {
        ;
    }
    if (i == 0) {
        return 0;
    }
    if (i < word.size && word.data[i] && strchr("BKMGTPEk", word.data[i])) {
        i++;
    }
    return amount_read(span_head(word, i), 1, &unit) ? unit : 0;
}

static double unit_of_header(struct span line)
{
    struct span word;
    double unit = 0;

    while (unit == 0 && span_word(&line, &word)) {
        unit = unit_of_word(word);
    }
    return unit;
}

static bool has_letter(struct span amount)
{
    return amount.size > 0 && amount.data[amount.size - 1] > '9';
}

double df_unit(struct span text)
{
    struct df_row row;
    struct span line;
    bool first = true;

    while (span_cut(&text, '\n', &line)) {
        if (df_row_split(line, &row)) {
            if (has_letter(row.size) || has_letter(row.used) || has_letter(row.avail)) {
                return 1;
            }
        } else if (first && unit_of_header(line) > 0) {
            return unit_of_header(line);
        }
        first = false;
    }
    return 1024;
}

/* A header proves little, in any language, but a row is proof. With -P the header contains no `%`.
 */
static bool is_header(struct span line)
{
    return (span_find_byte(line, '%') >= 0 || span_begins(line, "Filesystem") ||
            span_contains(line, " 1024")) &&
           span_find_byte(line, ':') < 0;
}

/* `Inodes`, `INode`, `I-Nodes`, `Nodos-i`, `IUse%`, `Inœuds`, `Inode 已用(I)`, `Iノード`. */
static bool is_inode_header(struct span line)
{
    static const char *const marks[] = { "node", "Node", "NODE", "nodo", "Nodo",   "nœud", "(I)",
                                         "IUse", "IUti", "ISe",  "节点", "ノード", NULL };
    size_t i;

    for (i = 0; marks[i]; i++) {
        if (span_contains(line, marks[i])) {
            return true;
        }
    }
    return false;
}

static bool is_inode_name(struct span name)
{
    static const char *const names[] = { "inode", "df-i", "df_-i", "df_-ali",
                                         "df__i", "dfi",  "df -i", NULL };
    size_t i;

    for (i = 0; names[i]; i++) {
        if (span_contains(name, names[i])) {
            return true;
        }
    }
    return false;
}

enum line_shape df_shape(struct span line)
{
    struct span words[2];
    struct df_row row;

    if (df_row_split(line, &row)) {
        return LINE_ROW;
    }
    if (is_header(line) || words_of(line, words, 2) == 1 || span_begins(line, "df: ")) {
        return LINE_NOISE;
    }
    return LINE_ALIEN;
}

static bool about_inodes(struct span path, struct span head)
{
    struct df_row row;
    struct span line;

    while (span_cut(&head, '\n', &line) && !df_row_split(line, &row)) {
        if (is_header(line)) {
            return is_inode_header(line);
        }
    }
    return is_inode_name(path_base(path));
}

int df_bid(struct span path, struct span head, bool inodes)
{
    int bid = bid_lines(head, df_shape, span_begins(path_base(path), "df"));

    return bid != STATE_BID_NO && about_inodes(path, head) == inodes ? bid : STATE_BID_NO;
}

/* From the device to the end of the row, even if they are on two lines. */
static struct span joined(struct span wrapped, struct span line)
{
    return (struct span){ wrapped.data, (size_t)(line.data + line.size - wrapped.data) };
}

static void add(struct rows *rows, struct span line, const struct df_row *row, double unit,
                const struct df_columns *columns)
{
    const struct fact facts[] = {
        rows_cell(rows, "device", FACT_PATH, row->device),
        rows_cell(rows, "fstype", FACT_TEXT, row->fstype),
        rows_amount(rows, columns->size, columns->type, row->size, unit),
        rows_amount(rows, columns->used, columns->type, row->used, unit),
        rows_amount(rows, columns->avail, columns->type, row->avail, unit),
        rows_cell(rows, columns->percent, FACT_PERCENT, row->percent),
        rows_cell(rows, "mount", FACT_PATH, row->mount),
    };

    rows_add(rows, line, facts, N_ELEMENTS(facts));
}

void df_parse(struct rows *rows, double unit, const struct df_columns *columns)
{
    struct span wrapped = { NULL, 0 };
    struct span words[2];
    struct span line;
    struct df_row row;
    bool header = true; /* can still follow */

    while (rows_next(rows, &line)) {
        if (df_row_split(line, &row)) {
            if (span_empty(row.device) && !span_empty(wrapped)) {
                row.device = span_trim(wrapped);
                line = joined(wrapped, line);
            }
            add(rows, line, &row, unit, columns);
            header = false;
        } else if (!(header && is_header(line)) && words_of(line, words, 2) != 1) {
            rows_bad(rows);
        }
        wrapped = words_of(line, words, 2) == 1 ? line : (struct span){ NULL, 0 };
    }
}

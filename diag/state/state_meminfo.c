/* Memory: /proc/meminfo (proc(5)) and free(1), whose numbers get their names in meminfo.
 *
 *   MemTotal:         997616 kB
 *   Mem:         997616       97500      519460       10784      380656      713456
 */

#include "state/rows.h"

/* `MemTotal:  997616 kB`, `HugePages_Total:  0` */
struct setting {
    struct span path, value;
    bool kibibytes;
};

static bool is_name(struct span word)
{
    size_t i;

    for (i = 0; i < word.size; i++) {
        char c = word.data[i];

        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || is_digit(c) ||
              (c && strchr("_()", c)))) {
            return false;
        }
    }
    return word.size > 0 && word.data[0] >= 'A' && word.data[0] <= 'Z';
}

static bool split_setting(struct span line, struct setting *ret)
{
    struct span words[4];
    size_t n = words_of(line, words, N_ELEMENTS(words));
    uint64_t number;

    if (n < 2 || n > 3 || words[0].data[words[0].size - 1] != ':' ||
        !span_to_uint(words[1], &number)) {
        return false;
    }
    ret->path = span_head(words[0], words[0].size - 1);
    ret->value = words[1];
    ret->kibibytes = n == 3;
    return is_name(ret->path) && (n == 2 || span_is(words[2], "kB"));
}

/* A row of free(1): a label, in any language, and amounts. */
enum {
    AMOUNTS = 7
};

struct free_row {
    struct span amounts[AMOUNTS];
    size_t n;
};

static bool is_label(struct span word)
{
    return span_ends(word, SPAN(":")) || span_ends(word, SPAN("\xef\xbc\x9a"));
}

static bool split_free(struct span line, struct free_row *ret)
{
    struct span words[AMOUNTS + 2];
    size_t n = words_of(line, words, N_ELEMENTS(words));
    double number;
    size_t i;

    if (n < 3 || n > AMOUNTS + 1 || !is_label(words[0])) {
        return false;
    }
    for (i = 1; i < n; i++) {
        if (!amount_read(words[i], 1, &number)) {
            return false;
        }
        ret->amounts[i - 1] = words[i];
    }
    ret->n = n - 1;
    return true;
}

/* The header of free(1): only words, after spaces; in English one is `total`. */
static bool is_free_header(struct span line)
{
    struct span words[AMOUNTS + 1];
    size_t n = words_of(line, words, N_ELEMENTS(words));
    size_t i;

    for (i = 0; i < n; i++) {
        if (is_digit(words[i].data[0])) {
            return false;
        }
    }
    return n >= 5 && n <= AMOUNTS && !is_label(words[0]);
}

static bool is_old_total(struct span line)
{
    return span_begins(span_trim(line), "-/+ ");
}

static enum line_shape shape_meminfo(struct span line)
{
    struct setting setting;

    return split_setting(line, &setting) && setting.kibibytes ? LINE_ROW
           : split_setting(line, &setting)                    ? LINE_NOISE
                                                              : LINE_ALIEN;
}

static enum line_shape shape_free(struct span line)
{
    struct free_row row;

    if (is_old_total(line) || is_free_header(line)) {
        return LINE_NOISE;
    }
    return split_free(line, &row) && row.n >= 3 ? LINE_ROW : LINE_ALIEN;
}

/* free prints two or three rows below one header, and nothing else. */
static int bid_free(struct span path, struct span head)
{
    struct span rest = head;
    struct span line = { NULL, 0 };
    size_t n = 0;

    while (span_cut(&rest, '\n', &line)) {
        n += !span_empty(span_trim(line));
    }
    if (n < 2 || n > 5) {
        return STATE_BID_NO;
    }
    rest = head;
    while (span_cut(&rest, '\n', &line) && span_empty(span_trim(line))) {
        ;
    }
    if (!is_free_header(line)) {
        return STATE_BID_NO;
    }
    return bid_lines(head, shape_free, span_begins(path_base(path), "free"));
}

static int bid(struct span path, struct span head)
{
    int meminfo = bid_lines(head, shape_meminfo, span_begins(path_base(path), "meminfo"));
    int free_bid = bid_free(path, head);

    return meminfo > free_bid ? meminfo : free_bid;
}

/* The names in meminfo of the columns of free. NULL: meminfo has no such number. */
static const char *const layout_new[] = { "MemTotal", "MemUsed",   "MemFree",
                                          "Shmem",    "BuffCache", "MemAvailable" };
static const char *const layout_wide[] = { "MemTotal", "MemUsed", "MemFree",     "Shmem",
                                           "Buffers",  "Cached",  "MemAvailable" };
static const char *const layout_old[] = { "MemTotal", "MemUsed", "MemFree",
                                          "Shmem",    "Buffers", "Cached" };
static const char *const layout_swap[] = { "SwapTotal", "SwapUsed", "SwapFree" };

static void add_amounts(struct rows *rows, struct span line, const struct free_row *row,
                        const char *const *names, size_t n_names, double unit)
{
    size_t i;

    for (i = 0; i < row->n && i < n_names; i++) {
        const struct fact facts[] = {
            rows_cell(rows, "path", FACT_TEXT, span_of(names[i])),
            rows_amount(rows, "value", FACT_KIBIBYTES, row->amounts[i], unit),
        };

        rows_add(rows, line, facts, N_ELEMENTS(facts));
    }
}

static void add_free(struct rows *rows, struct span line, const struct free_row *row, bool old,
                     double unit)
{
    if (row->n == 3) {
        add_amounts(rows, line, row, layout_swap, N_ELEMENTS(layout_swap), unit);
    } else if (row->n == 7) {
        add_amounts(rows, line, row, layout_wide, N_ELEMENTS(layout_wide), unit);
    } else if (row->n == 6 && old) {
        add_amounts(rows, line, row, layout_old, N_ELEMENTS(layout_old), unit);
    } else if (row->n == 6) {
        add_amounts(rows, line, row, layout_new, N_ELEMENTS(layout_new), unit);
    }
}

/* free does not print its unit. A node that runs a kubelet has more than 500 MB and less than 4 TB,
 * so a total below that range in KiB is in MiB, and one above is in bytes. */
static double unit_of_total(struct span total)
{
    double number = 0;

    if (!amount_read(total, 1, &number) || total.data[total.size - 1] > '9') {
        return 1;
    }
    if (number < 500e3) {
        return 1024.0 * 1024;
    }
    return number > 4e9 ? 1 : 1024;
}

static void add_setting(struct rows *rows, struct span line, const struct setting *setting)
{
    rows_add_setting(rows, line, setting->path, setting->kibibytes ? FACT_KIBIBYTES : FACT_INTEGER,
                     setting->value);
}

static void parse(const struct state_text *text, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    bool old = span_contains(text->text, "-/+ ");
    struct setting setting;
    struct free_row row;
    struct rows rows;
    struct span line;
    double unit = 0;

    rows_init(&rows, text, arena, notes);
    while (rows_next(&rows, &line)) {
        if (split_setting(line, &setting)) {
            add_setting(&rows, line, &setting);
        } else if (split_free(line, &row)) {
            if (unit == 0) {
                unit = unit_of_total(row.amounts[0]);
            }
            add_free(&rows, line, &row, old, unit);
        } else if (!is_free_header(line) && !is_old_total(line)) {
            rows_bad(&rows);
        }
    }
    rows_finish(&rows, ret);
}

const struct state_kind state_meminfo = {
    .name = "meminfo",
    .summary = "memory and swap, as /proc/meminfo names them",
    .columns = "path value line",
    .host_paths = "/proc/meminfo",
    .bid = bid,
    .parse = parse,
};

/* The name of the node: /etc/hostname, /proc/sys/kernel/hostname, the output of hostname(1) and of
 * uname(1) -n. A single word says nothing by itself, so the name of the file must.
 *
 *   node01.example.org
 */

#include "state/rows.h"

#include <ctype.h>

/* As in RFC 1123. */
static bool is_name(struct span word)
{
    size_t i;

    for (i = 0; i < word.size; i++) {
        unsigned char byte = (unsigned char)word.data[i];

        if (!isalnum(byte) && byte != '.' && byte != '-' && byte != '_') {
            return false;
        }
    }
    return word.size > 0 && word.size <= 253 && word.data[0] != '.' && word.data[0] != '-';
}

static enum line_shape shape(struct span line)
{
    line = span_trim(line);
    if (span_starts(line, SPAN("#"))) {
        return LINE_NOISE;
    }
    return is_name(line) ? LINE_ROW : LINE_ALIEN;
}

static bool names_a_hostname(struct span path)
{
    static const char *const names[] = { "hostname", "hostname_-f", "hostname.txt",
                                         "uname_-n", "uname-n",     "nodename",
                                         NULL };

    return word_among(path_base(path), names);
}

static int bid(struct span path, struct span head)
{
    return names_a_hostname(path) && bid_lines(head, shape, true) >= STATE_BID_SURE ? STATE_BID_SURE
                                                                                    : STATE_BID_NO;
}

static void parse(const struct state_text *text, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    struct rows rows;
    struct span line;

    rows_init(&rows, text, arena, notes);
    while (rows_next(&rows, &line)) {
        struct fact host = rows_cell(&rows, "host", FACT_TEXT, span_trim(line));

        if (shape(line) == LINE_ROW) {
            rows_add(&rows, line, &host, 1);
        } else if (shape(line) == LINE_ALIEN) {
            rows_bad(&rows);
        }
    }
    rows_finish(&rows, ret);
}

const struct state_kind state_hostname = {
    .name = "hostname",
    .summary = "the name of the node",
    .columns = "host line",
    .host_paths = "/proc/sys/kernel/hostname",
    .bid = bid,
    .parse = parse,
};

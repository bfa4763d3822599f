/* The distribution: os-release(5).
 *
 *   PRETTY_NAME="Ubuntu 22.04.4 LTS"
 */

#include "state/rows.h"

static bool split(struct span line, struct span *ret_name, struct span *ret_value)
{
    struct span rest = span_trim(line);
    size_t i;

    if (span_find_byte(rest, '=') <= 0 || !span_cut(&rest, '=', ret_name)) {
        return false;
    }
    for (i = 0; i < ret_name->size; i++) {
        char c = ret_name->data[i];

        if (!((c >= 'A' && c <= 'Z') || is_digit(c) || c == '_')) {
            return false;
        }
    }
    *ret_value = unquoted(rest);
    return true;
}

/* Upper-case assignments are common; these names identify os-release. */
static enum line_shape shape(struct span line)
{
    static const char *const marks[] = { "ID", "PRETTY_NAME", "VERSION_ID", NULL };
    struct span name, value;

    if (line.data[0] == '#') {
        return LINE_NOISE;
    }
    if (!split(line, &name, &value)) {
        return LINE_ALIEN;
    }
    return word_among(name, marks) ? LINE_ROW : LINE_NOISE;
}

static int bid(struct span path, struct span head)
{
    return bid_lines(head, shape, span_ends(path, SPAN("os-release")));
}

static void parse(const struct state_text *text, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    struct span name, value;
    struct rows rows;
    struct span line;

    rows_init(&rows, text, arena, notes);
    while (rows_next(&rows, &line)) {
        if (split(line, &name, &value)) {
            rows_add_setting(&rows, line, name, FACT_TEXT, value);
        } else if (span_trim(line).data[0] != '#') {
            rows_bad(&rows);
        }
    }
    rows_finish(&rows, ret);
}

const struct state_kind state_os_release = {
    .name = "os_release",
    .summary = "the distribution",
    .columns = "path value line",
    .host_paths = "/etc/os-release",
    .bid = bid,
    .parse = parse,
};

/* df's and mount's output pasted into a log or a bug report, or written by a collector into one file: no log line has
 * the shape of their lines.
 *
 *   $ mount
 *   /dev/sda5 on / type ext4 (rw,relatime)
 *   $ df /dev/sda5
 *   /dev/sda5      22092264 21045684     0  100% /
 */

#include "state/embedded.h"

#include "base/limits.h"
#include "state/df.h"

enum {
    TABLES = 16
};

/* --- df --- */

/* Consecutive lines that all have the shape of one command's. */
struct table_lines {
    struct span text;
    uint64_t number; /* in the file of the first */
    size_t n_rows;
    bool device; /* a row starts with a file name */
};

static void add_line(struct table_lines *lines, struct span line)
{
    struct df_row row;

    if (!lines->text.data) {
        lines->text.data = line.data;
    }
    lines->text.size = (size_t)(line.data + line.size - lines->text.data);
    if (!df_row_split(line, &row)) {
        return;
    }
    lines->n_rows++;
    lines->device = lines->device || span_begins(row.device, "/");
}

/* The next sequence of lines with a row in it. */
static bool next_lines(struct state_text *rest, struct table_lines *ret)
{
    struct table_lines lines = { .number = rest->line };
    struct span line;

    while (span_cut(&rest->text, '\n', &line)) {
        rest->line++;
        if (!span_empty(span_trim(line)) && df_shape(line) != LINE_ALIEN) {
            add_line(&lines, line);
            continue;
        }
        if (lines.n_rows) {
            break;
        }
        lines = (struct table_lines){ .number = rest->line };
    }
    *ret = lines;
    return lines.n_rows > 0;
}

/* A single row could be anything; a file name, a header or another row shows that it is df's. */
static bool is_table(const struct table_lines *lines)
{
    return lines->device || lines->n_rows > 1 || span_begins(lines->text, "Filesystem");
}

static bool add_table(struct states *states, const char *kind, const char *path,
                      const struct table_lines *lines, struct notes *notes)
{
    struct state_text part = { lines->text, path, lines->number };

    return states_add_part(states, kind, &part, notes) != NULL;
}

static bool add_df(struct states *states, struct state_text rest, struct notes *notes)
{
    unsigned n = 0;
    struct table_lines lines;

    while (n < TABLES && next_lines(&rest, &lines)) {
        const char *kind = df_bid(SPAN(""), lines.text, true) ? "df_inodes" : "df";

        if (is_table(&lines) && add_table(states, kind, rest.file, &lines, notes)) {
            n++;
        }
    }
    return n > 0;
}

/* --- mount --- */

static bool is_mount_row(struct span line)
{
    return span_ends(line, SPAN(")")) && span_find(line, SPAN(" type ")) > 0 &&
           state_kind_find(SPAN("mounts"))->bid(SPAN(""), line) >= STATE_BID_TAKEN;
}

/* The first one: it is of the node; more of them could be of others. */
static struct table_lines mount_lines(struct state_text rest)
{
    struct table_lines lines = { .number = rest.line };
    struct span line;

    while (span_cut(&rest.text, '\n', &line)) {
        if (is_mount_row(line)) {
            lines.text.data = lines.text.data ? lines.text.data : line.data;
            lines.text.size = (size_t)(line.data + line.size - lines.text.data);
            lines.n_rows++;
        } else if (lines.n_rows > 0) {
            return lines;
        } else {
            lines.number++;
        }
    }
    return lines;
}

/* A single row could be quoted from anywhere. */
static bool add_mounts(struct states *states, struct state_text rest, struct notes *notes)
{
    struct table_lines lines = mount_lines(rest);

    return lines.n_rows > 1 && add_table(states, "mounts", rest.file, &lines, notes);
}

bool states_add_embedded(struct states *states, const struct state_text *text, struct notes *notes)
{
    struct state_text head = *text;
    bool has_df;

    head.text = span_head(head.text, LIMIT_STATE_FILE_BYTES / 2);
    has_df = add_df(states, head, notes);
    return add_mounts(states, head, notes) || has_df;
}

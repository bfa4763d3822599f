/* df's output pasted into a log or a bug report: no log line has the shape of its lines.
 *
 *   $ df /dev/sda5
 *   /dev/sda5      22092264 21045684     0  100% /
 */

#include "base/buf.h"
#include "base/limits.h"
#include "state/df.h"

enum {
    TABLES = 16
};

/* Consecutive lines that all have the shape of df's. */
struct run {
    struct span text;
    uint64_t lines_before; /* in the file */
    size_t n_rows;
    bool device; /* a row starts with a file name */
};

static void add_line(struct run *run, struct span line)
{
    struct df_row row;

    if (!run->text.data) {
        run->text.data = line.data;
    }
    run->text.size = (size_t)(line.data + line.size - run->text.data);
    if (!df_row_split(line, &row)) {
        return;
    }
    run->n_rows++;
    run->device = run->device || span_begins(row.device, "/");
}

/* The next sequence of lines with a row in it. `*number` counts the lines before `*rest`. */
static bool next_run(struct span *rest, uint64_t *number, struct run *ret)
{
    struct run run = { .lines_before = *number };
    struct span line;

    while (span_cut(rest, '\n', &line)) {
        ++*number;
        if (!span_empty(span_trim(line)) && df_shape(line) != LINE_ALIEN) {
            add_line(&run, line);
            continue;
        }
        if (run.n_rows) {
            break;
        }
        run = (struct run){ .lines_before = *number };
    }
    *ret = run;
    return run.n_rows > 0;
}

/* A single row could be anything; a file name, a header or another row shows that it is df's. */
static bool is_table(const struct run *run)
{
    return run->device || run->n_rows > 1 || span_begins(run->text, "Filesystem");
}

/* Empty lines in front keep the line numbers of the rows those of the file. */
static bool add_run(struct states *states, const char *path, const struct run *run,
                    struct notes *notes)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };

    memset(buf_reserve(&text, run->lines_before), '\n', run->lines_before);
    text.size += run->lines_before;
    buf_add(&text, run->text);
    return states_add(states, df_bid(SPAN(""), run->text, true) ? "df_inodes" : "df", path,
                      buf_span(&text), notes) != NULL;
}

bool states_add_embedded(struct states *states, const char *path, struct span text,
                         struct notes *notes)
{
    struct span rest = span_head(text, LIMIT_STATE_FILE_BYTES / 2);
    uint64_t number = 0;
    unsigned n = 0;
    struct run run;

    while (n < TABLES && next_run(&rest, &number, &run)) {
        if (is_table(&run) && add_run(states, path, &run, notes)) {
            n++;
        }
    }
    return n > 0;
}

/* File systems and swap activated at boot: fstab(5).
 *
 *   UUID=d36ffe9b-676a-419a-b6fb-b95dc12d93ac none            swap    sw              0       0
 */

#include "state/mount_row.h"
#include "state/rows.h"

static enum line_shape shape(struct span line)
{
    struct mount_row row;

    if (line.data[0] == '#') {
        return LINE_NOISE;
    }
    return mount_row_split(line, &row) && !mount_row_of_kernel(&row) ? LINE_ROW : LINE_ALIEN;
}

/* As above, for a file whose name shows that it is not a list of mounts. */
static enum line_shape shape_named(struct span line)
{
    struct mount_row row;

    if (line.data[0] == '#') {
        return LINE_ROW;
    }
    return mount_row_split(line, &row) ? LINE_ROW : LINE_ALIEN;
}

static int bid(struct span path, struct span head)
{
    if (span_begins(path_base(path), "fstab")) {
        return bid_lines(head, shape_named, true);
    }
    return bid_lines(head, shape, false);
}

static void add(struct rows *rows, struct span line, const struct mount_row *row)
{
    const struct fact facts[] = {
        rows_cell(rows, "device", FACT_PATH, row->device),
        rows_cell(rows, "mount", FACT_PATH, row->mount),
        rows_cell(rows, "fstype", FACT_TEXT, row->fstype),
        rows_cell(rows, "options", FACT_TEXT, row->options),
        rows_cell(rows, "dump", FACT_INTEGER, row->dump),
        rows_cell(rows, "pass", FACT_INTEGER, row->pass),
    };

    rows_add(rows, line, facts, N_ELEMENTS(facts));
}

static void parse(const struct state_text *text, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    struct mount_row row;
    struct rows rows;
    struct span line;

    rows_init(&rows, text, arena, notes);
    while (rows_next(&rows, &line)) {
        if (span_trim(line).data[0] == '#') {
            continue;
        }
        if (mount_row_split(line, &row)) {
            add(&rows, line, &row);
        } else {
            rows_bad(&rows);
        }
    }
    rows_finish(&rows, ret);
}

const struct state_kind state_fstab = {
    .name = "fstab",
    .summary = "file systems and swap activated at boot",
    .columns = "device mount fstype options dump pass line",
    .may_be_empty = true,
    .host_paths = "/etc/fstab",
    .bid = bid,
    .parse = parse,
};

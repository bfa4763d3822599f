/* Inodes of file systems: df -i, with -h or -T. See state/df.h.
 *
 *   /dev/sda1      3932160 211338 3720822    6% /
 */

#include "state/df.h"
#include "state/host.h"
#include "state/statfs_text.h"

static int bid(struct span path, struct span head)
{
    return df_bid(path, head, true);
}

static void add(struct rows *rows, struct span line, const struct df_row *row, double unit)
{
    const struct fact facts[] = {
        rows_cell(rows, "device", FACT_PATH, row->device),
        rows_cell(rows, "fstype", FACT_TEXT, row->fstype),
        rows_amount(rows, "inodes", FACT_INTEGER, row->size, unit),
        rows_amount(rows, "iused", FACT_INTEGER, row->used, unit),
        rows_amount(rows, "ifree", FACT_INTEGER, row->avail, unit),
        rows_cell(rows, "iuse_percent", FACT_PERCENT, row->percent),
        rows_cell(rows, "mount", FACT_PATH, row->mount),
    };

    rows_add(rows, line, facts, N_ELEMENTS(facts));
}

static void parse(struct span text, const char *file, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    struct rows rows;

    rows_init(&rows, text, file, arena, notes);
    df_parse(&rows, /* unit */ 1, add);
    rows_finish(&rows, ret);
}

static void add_host(struct states *states, const char *root, struct notes *notes)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };

    statfs_text(root, true, &text);
    if (text.size) {
        (void)states_add(states, "df_inodes", "statvfs", buf_span(&text), notes);
    }
}

const struct state_kind state_df_inodes = {
    .name = "df_inodes",
    .summary = "inodes of file systems",
    .columns = "device fstype inodes iused ifree iuse_percent mount line",
    .bid = bid,
    .parse = parse,
    .add_host = add_host,
};

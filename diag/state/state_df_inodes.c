/* Inodes of file systems: df -i, with -h or -T. See state/df.h.
 *
 *   /dev/sda1      3932160 211338 3720822    6% /
 */

#include "state/df.h"
#include "state/statfs.h"

static int bid(struct span path, struct span head)
{
    return df_bid(path, head, true);
}

static void parse(const struct state_text *text, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    static const struct df_columns columns = { "inodes", "iused", "ifree", "iuse_percent",
                                               FACT_INTEGER };
    struct rows rows;

    rows_init(&rows, text, arena, notes);
    df_parse(&rows, /* unit= */ 1, &columns);
    rows_finish(&rows, ret);
}

static void add_host(struct states *states, const char *root, struct notes *notes)
{
    statfs_add(states, "df_inodes", root, true, notes);
}

const struct state_kind state_df_inodes = {
    .name = "df_inodes",
    .summary = "inodes of file systems",
    .columns = "device fstype inodes iused ifree iuse_percent mount line",
    .bid = bid,
    .parse = parse,
    .add_host = add_host,
};

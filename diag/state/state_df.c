/* Space of file systems: df(1), with -h, -k, -T, -P or -B. See state/df.h.
 *
 *   /dev/sda1       5.8G  5.1G  448M   92% /
 */

#include "state/df.h"
#include "state/statfs.h"

static int bid(struct span path, struct span head)
{
    return df_bid(path, head, false);
}

static void parse(const struct state_text *text, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    static const struct df_columns columns = { "size", "used", "avail", "use_percent",
                                               FACT_KIBIBYTES };
    struct rows rows;

    rows_init(&rows, text, arena, notes);
    df_parse(&rows, df_unit(text->text), &columns);
    rows_finish(&rows, ret);
}

static void add_host(struct states *states, const char *root, struct notes *notes)
{
    statfs_add(states, "df", root, false, notes);
}

const struct state_kind state_df = {
    .name = "df",
    .summary = "space of file systems",
    .columns = "device fstype size used avail use_percent mount line",
    .bid = bid,
    .parse = parse,
    .add_host = add_host,
};

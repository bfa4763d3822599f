/* Space of file systems: df(1), with -h, -k, -T, -P or -B. See state/df.h.
 *
 *   /dev/sda1       5.8G  5.1G  448M   92% /
 */

#include "state/df.h"
#include "state/host.h"
#include "state/statfs_text.h"

static int bid(struct span path, struct span head)
{
    return df_bid(path, head, false);
}

static void add(struct rows *rows, struct span line, const struct df_row *row, double unit)
{
    const struct fact facts[] = {
        rows_cell(rows, "device", FACT_PATH, row->device),
        rows_cell(rows, "fstype", FACT_TEXT, row->fstype),
        rows_amount(rows, "size", FACT_KIBIBYTES, row->size, unit),
        rows_amount(rows, "used", FACT_KIBIBYTES, row->used, unit),
        rows_amount(rows, "avail", FACT_KIBIBYTES, row->avail, unit),
        rows_cell(rows, "use_percent", FACT_PERCENT, row->percent),
        rows_cell(rows, "mount", FACT_PATH, row->mount),
    };

    rows_add(rows, line, facts, N_ELEMENTS(facts));
}

static void parse(struct span text, const char *file, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    struct rows rows;

    rows_init(&rows, text, file, arena, notes);
    df_parse(&rows, df_unit(text), add);
    rows_finish(&rows, ret);
}

static void add_host(struct states *states, const char *root, struct notes *notes)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };

    statfs_text(root, false, &text);
    if (text.size) {
        (void)states_add(states, "df", "statvfs", buf_span(&text), notes);
    }
}

const struct state_kind state_df = {
    .name = "df",
    .summary = "space of file systems",
    .columns = "device fstype size used avail use_percent mount line",
    .bid = bid,
    .parse = parse,
    .add_host = add_host,
};

/* Which cgroup hierarchy the node uses: `stat -fc %T /sys/fs/cgroup` (as Kubernetes documents it),
 * or what is mounted there.
 *
 *   cgroup2fs
 */

#include "state/host.h"
#include "state/rows.h"

/* The cgroup mode for the type of /sys/fs/cgroup; NULL for other types. */
static const char *mode_of(struct span fstype)
{
    if (span_is(fstype, "cgroup2fs") || span_is(fstype, "cgroup2")) {
        return "v2";
    }
    return span_is(fstype, "tmpfs") ? "v1" : NULL;
}

static int bid(struct span path, struct span head)
{
    (void)path;
    return mode_of(span_trim(head)) ? STATE_BID_SURE : STATE_BID_NO;
}

static void add(struct rows *rows, struct span line, const char *mode)
{
    const struct fact value = rows_cell(rows, "value", FACT_TEXT, span_of(mode));

    rows_add(rows, line, &value, 1);
}

static void parse(const struct state_text *text, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    struct rows rows;
    struct span line;

    rows_init(&rows, text, arena, notes);
    while (rows_next(&rows, &line)) {
        if (mode_of(span_trim(line))) {
            add(&rows, line, mode_of(span_trim(line)));
        } else {
            rows_bad(&rows);
        }
    }
    rows_finish(&rows, ret);
}

/* The mount that shows it: cgroup2 at the root, or v1 controllers with or without cgroup2. */
static const struct state_row *find_mount(const struct state_table *mounts, const char *fstype,
                                          const char *below)
{
    size_t i;

    for (i = 0; i < mounts->n_rows; i++) {
        const struct fact *type = state_row_fact(&mounts->rows[i], SPAN("fstype"));
        const struct fact *place = state_row_fact(&mounts->rows[i], SPAN("mount"));

        if (type && place && span_is(type->text, fstype) && span_begins(place->text, below)) {
            return &mounts->rows[i];
        }
    }
    return NULL;
}

static bool derive(const struct states *states, struct arena *arena, struct state_table *ret)
{
    const struct state_table *mounts = states_find(states, SPAN("mounts"));
    const struct state_row *v1 = mounts ? find_mount(mounts, "cgroup", "/sys/fs/cgroup/") : NULL;
    const struct state_row *v2 = mounts ? find_mount(mounts, "cgroup2", "/sys/fs/cgroup") : NULL;
    const struct state_row *from = v1 ? v1 : v2;
    const struct fact *line;
    struct rows rows;

    if (!from) {
        return false;
    }
    line = state_row_fact(from, SPAN("line"));
    rows_init(&rows, &(struct state_text){ .file = from->file, .line = from->line }, arena, NULL);
    add(&rows, line->text, !v1 ? "v2" : v2 ? "hybrid" : "v1");
    rows_finish(&rows, ret);
    return true;
}

const struct state_kind state_cgroup_mode = {
    .name = "cgroup_mode",
    .summary = "cgroup hierarchy: v1, v2 or hybrid",
    .columns = "value line",
    .bid = bid,
    .parse = parse,
    .derive = derive,
};

/* Mounted file systems: /proc/mounts (proc(5), the format of getmntent(3)), /proc/self/mountinfo,
 * mount(8) and findmnt(8).
 *
 *   /dev/sda1 / ext4 rw,relatime,errors=remount-ro 0 0
 *   36 35 98:0 / / rw,noatime shared:1 - ext4 /dev/sda1 rw,errors=continue
 *   /dev/sda1 on / type ext4 (rw,relatime,errors=remount-ro)
 *   ├─/proc                               proc       proc       rw,nosuid,nodev,noexec,relatime
 */

#include "state/host_tables.h"
#include "state/mount_row.h"
#include "state/rows.h"

static bool split_proc(struct span line, struct mount_row *ret)
{
    return mount_row_split(line, ret) && mount_row_of_kernel(ret);
}

static bool split_mountinfo(struct span line, struct mount_row *ret)
{
    struct span words[16];
    size_t n = words_of(line, words, N_ELEMENTS(words));
    uint64_t number;
    size_t i;

    if (n < 10 || !span_to_uint(words[0], &number) || !span_to_uint(words[1], &number)) {
        return false;
    }
    for (i = 6; i + 3 < n && !span_is(words[i], "-"); i++) {
        ;
    }
    if (i + 3 >= n || !mount_options_of_kernel(words[5])) {
        return false;
    }
    *ret = (struct mount_row){
        .device = words[i + 2], .mount = words[4], .fstype = words[i + 1], .options = words[5]
    };
    return true;
}

/* Cuts the text before ` separator ` off. */
static bool cut_at(struct span *rest, const char *separator, struct span *ret)
{
    ptrdiff_t at = span_find(*rest, span_of(separator));

    if (at <= 0) {
        return false;
    }
    *ret = span_head(*rest, (size_t)at);
    *rest = span_skip(*rest, (size_t)at + strlen(separator));
    return true;
}

static bool split_mount(struct span line, struct mount_row *ret)
{
    struct mount_row row = { .device = { NULL, 0 } };
    struct span rest = span_trim(line);

    if (!cut_at(&rest, " on ", &row.device) || !cut_at(&rest, " type ", &row.mount) ||
        !cut_at(&rest, " (", &row.fstype) || !cut_at(&rest, ")", &row.options)) {
        return false;
    }
    *ret = row;
    return row.mount.data[0] == '/' && mount_options_of_kernel(row.options);
}

static bool is_tree(char c)
{
    return (unsigned char)c >= 0x80 || (c && strchr(" |`-", c));
}

/* findmnt prints a tree in front of the mount point, with or without UTF-8. */
static bool split_findmnt(struct span line, struct mount_row *ret)
{
    struct span words[5];
    size_t i;

    for (i = 0; i < line.size && is_tree(line.data[i]); i++) {
        ;
    }
    if (i == line.size || line.data[i] != '/') {
        return false;
    }
    if (words_of(span_skip(line, i), words, N_ELEMENTS(words)) != 4) {
        return false;
    }
    *ret = (struct mount_row){ words[1], words[0], words[2], words[3], { NULL, 0 }, { NULL, 0 } };
    return mount_options_of_kernel(ret->options);
}

static bool split(struct span line, struct mount_row *ret)
{
    return split_proc(line, ret) || split_mountinfo(line, ret) || split_mount(line, ret) ||
           split_findmnt(line, ret);
}

static bool is_header(struct span line)
{
    return span_begins(line, "TARGET") && span_contains(line, "SOURCE");
}

static enum line_shape shape(struct span line)
{
    struct mount_row row;

    if (is_header(line)) {
        return LINE_NOISE;
    }
    return split(line, &row) ? LINE_ROW : LINE_ALIEN;
}

static int bid(struct span path, struct span head)
{
    return bid_lines(head, shape, span_contains(path_base(path), "mount"));
}

static void add(struct rows *rows, struct span line, const struct mount_row *row)
{
    const struct fact facts[] = {
        rows_cell(rows, "device", FACT_PATH, row->device),
        rows_cell(rows, "mount", FACT_PATH, row->mount),
        rows_cell(rows, "fstype", FACT_TEXT, row->fstype),
        rows_cell(rows, "options", FACT_TEXT, row->options),
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
        if (split(line, &row)) {
            add(&rows, line, &row);
        } else if (!is_header(line)) {
            rows_bad(&rows);
        }
    }
    rows_finish(&rows, ret);
}

/* /proc/self of a container is not that of the host: under a root, use process 1. */
static void add_host(struct states *states, const char *root, struct notes *notes)
{
    states_add_host_file(states, "mounts", root, *root ? "/proc/1/mounts" : "/proc/self/mounts",
                         notes);
}

const struct state_kind state_mounts = {
    .name = "mounts",
    .summary = "mounted file systems",
    .columns = "device mount fstype options line",
    .bid = bid,
    .parse = parse,
    .add_host = add_host,
};

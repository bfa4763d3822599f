#include "state/statfs.h"

#include "base/map.h"
#include "state/host.h"
#include "state/mount_row.h"
#include "state/rows.h"

#include <inttypes.h>
#include <sys/statvfs.h>

/* Local file systems. All others, including those served by FUSE, are not accessed; nor are the many
 * small ones of pods. */
static bool is_local(const struct mount_row *row)
{
    static const char *const device[] = { "ext2",  "ext3",     "ext4", "xfs", "btrfs",
                                          "zfs",   "vfat",     "f2fs", "jfs", "reiserfs",
                                          "erofs", "bcachefs", NULL };
    static const char *const places[] = { "/", "/var/lib/docker", NULL };

    if (span_is(row->fstype, "tmpfs")) {
        return !span_contains(row->mount, "/pods/") && !span_contains(row->mount, "/run/");
    }
    return word_among(row->fstype, device) ||
           (span_is(row->fstype, "overlay") && word_among(row->mount, places));
}

/* /proc/mounts escapes space, tab, newline and backslash as `\040` (proc(5)). */
static void add_unescaped(struct buf *buf, struct span text)
{
    size_t i;

    for (i = 0; i < text.size; i++) {
        const char *at = text.data + i;

        if (*at == '\\' && i + 3 < text.size && at[1] >= '0' && at[1] <= '1') {
            buf_add_byte(buf, (char)((at[1] - '0') * 64 + (at[2] - '0') * 8 + (at[3] - '0')));
            i += 3;
        } else {
            buf_add_byte(buf, *at);
        }
    }
}

static void add_row(struct buf *buf, const struct mount_row *row, uint64_t all, uint64_t free,
                    uint64_t available)
{
    uint64_t used = all > free ? all - free : 0;
    uint64_t usable = used + available;

    buf_add(buf, row->device);
    buf_add_byte(buf, ' ');
    buf_add(buf, row->fstype);
    buf_printf(buf, " %" PRIu64 " %" PRIu64 " %" PRIu64, all, used, available);
    if (usable) {
        buf_printf(buf, " %.0f%% ", 100.0 * (double)used / (double)usable + 0.4999);
    } else {
        buf_add_string(buf, " - ");
    }
    buf_add(buf, row->mount);
    buf_add_byte(buf, '\n');
}

static void ask(const char *root, const struct mount_row *row, bool inodes, struct buf *buf)
{
    CLEANUP(buf_done_at) struct buf path = { 0 };
    struct statvfs fs;
    uint64_t unit;

    buf_add_string(&path, root);
    add_unescaped(&path, row->mount);
    if (statvfs(path.data, &fs) < 0) {
        return;
    }
    unit = fs.f_frsize;
    if (inodes) {
        add_row(buf, row, fs.f_files, fs.f_ffree, fs.f_favail);
    } else {
        add_row(buf, row, fs.f_blocks * unit / 1024, fs.f_bfree * unit / 1024,
                fs.f_bavail * unit / 1024);
    }
}

/* A device mounted many times (volumes of pods) is listed once, at its first mount point; so is a
 * mount point. */
static bool is_new(struct map *seen, const struct mount_row *row)
{
    void **place = map_at(seen, row->device.data[0] == '/' ? row->device : row->mount);

    if (*place) {
        return false;
    }
    *place = seen;
    return true;
}

static void print(const char *root, bool inodes, struct buf *buf)
{
    CLEANUP(buf_done_at) struct buf mounts = { 0 };
    CLEANUP(map_free_at) struct map *seen = map_new();
    struct mount_row row;
    struct span rest;
    struct span line;

    if (host_read(root, *root ? "/proc/1/mounts" : "/proc/self/mounts", &mounts) < 0) {
        return;
    }
    buf_add_string(buf, inodes ? "Filesystem Type Inodes IUsed IFree IUse% Mounted on\n"
                               : "Filesystem Type 1K-blocks Used Available Use% Mounted on\n");
    rest = buf_span(&mounts);
    while (span_cut(&rest, '\n', &line)) {
        if (mount_row_split(line, &row) && is_local(&row) && is_new(seen, &row)) {
            ask(root, &row, inodes, buf);
        }
    }
}

void statfs_add(struct states *states, const char *kind, const char *root, bool inodes,
                struct notes *notes)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };

    print(root, inodes, &text);
    if (text.size) {
        (void)states_add(states, kind, "statvfs", buf_span(&text), notes);
    }
}

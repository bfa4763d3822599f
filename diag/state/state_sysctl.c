/* Kernel settings in effect: `sysctl -a` (sysctl(8)), and files of /proc/sys, or copies of
 * them, that hold a value only.
 *
 *   fs.inotify.max_user_watches = 8192
 */

#include "base/limits.h"
#include "state/sysctl.h"

/* Files of /proc/sys that are often copied under their base name. */
static const char *const known_names[] = {
    "fs.inotify.max_user_watches",
    "fs.inotify.max_user_instances",
    "fs.inotify.max_queued_events",
    "fs.aio-max-nr",
    "fs.aio-nr",
    "fs.file-max",
    "fs.file-nr",
    "fs.nr_open",
    "kernel.pid_max",
    "kernel.threads-max",
    "kernel.panic_on_oops",
    "kernel.keys.maxkeys",
    "net.bridge.bridge-nf-call-iptables",
    "net.bridge.bridge-nf-call-ip6tables",
    "net.ipv4.ip_forward",
    "net.netfilter.nf_conntrack_count",
    "net.netfilter.nf_conntrack_max",
    "user.max_inotify_instances",
    "user.max_inotify_watches",
    "vm.max_map_count",
    "vm.overcommit_memory",
    "vm.panic_on_oom",
    "vm.swappiness",
};

/* Cuts the extension: `max_user_watches.txt` is `max_user_watches`. */
static struct span without_suffix(struct span name)
{
    static const char *const suffixes[] = { ".txt", ".log", ".out" };
    size_t i;

    for (i = 0; i < N_ELEMENTS(suffixes); i++) {
        if (span_ends(name, span_of(suffixes[i]))) {
            return span_head(name, name.size - strlen(suffixes[i]));
        }
    }
    return name;
}

/* True if the name of the sysctl ends with the text: as a whole, or from a component on, such as
 * `inotify_max_user_watches` for `inotify.max_user_watches`. */
static bool is_called(const char *known, struct span name)
{
    size_t size = strlen(known);
    size_t start = size - name.size;
    size_t i;

    if (name.size == 0 || name.size > size || (start > 0 && known[start - 1] != '.')) {
        return false;
    }
    for (i = 0; i < name.size; i++) {
        if (name.data[i] != known[start + i] && !(known[start + i] == '.' && name.data[i] == '_')) {
            return false;
        }
    }
    return true;
}

/* Writes `/.../proc/sys/fs/inotify/max_user_watches` as `fs.inotify.max_user_watches`; empty if the
 * path is not below /proc/sys. */
static struct span name_of_proc_path(struct span path, char *buffer, size_t size)
{
    ptrdiff_t at = span_find(path, SPAN("proc/sys/"));
    struct span name;
    size_t i;

    if (at < 0 || (at > 0 && path.data[at - 1] != '/')) {
        return (struct span){ NULL, 0 };
    }
    name = span_skip(path, (size_t)at + strlen("proc/sys/"));
    if (name.size > size) {
        return (struct span){ NULL, 0 };
    }
    for (i = 0; i < name.size; i++) {
        buffer[i] = name.data[i] == '/' ? '.' : name.data[i];
    }
    return (struct span){ buffer, name.size };
}

enum {
    NAME_BYTES = 256
};

/* The setting whose value a file with this path contains; empty if unknown. */
static struct span name_of_path(struct span path, char buffer[NAME_BYTES])
{
    struct span name = name_of_proc_path(path, buffer, NAME_BYTES);
    size_t i;

    if (!span_empty(name)) {
        return name;
    }
    name = without_suffix(path_base(path));
    for (i = 0; i < N_ELEMENTS(known_names); i++) {
        if (is_called(known_names[i], name)) {
            return span_of(known_names[i]);
        }
    }
    return (struct span){ NULL, 0 };
}

/* One line of numbers: `8192`, `1024 0 9223372036854775807`. */
static bool is_value(struct span text)
{
    struct span line = span_trim(text);
    struct span word;
    int64_t number;

    if (span_empty(line) || span_find_byte(line, '\n') >= 0) {
        return false;
    }
    while (span_word(&line, &word)) {
        if (!span_to_int(word, &number)) {
            return false;
        }
    }
    return true;
}

static bool is_complaint(struct span line)
{
    return span_begins(line, "sysctl: ") || span_begins(line, "error: ");
}

static enum line_shape shape(struct span line)
{
    struct span name, value;

    if (is_complaint(line)) {
        return LINE_NOISE;
    }
    return sysctl_is_output(line) && sysctl_split(line, &name, &value) ? LINE_ROW : LINE_ALIEN;
}

static int bid(struct span path, struct span head)
{
    char buffer[NAME_BYTES];

    if (is_value(head)) {
        return span_empty(name_of_path(path, buffer)) ? STATE_BID_NO : STATE_BID_SURE;
    }
    return bid_lines(head, shape, span_contains(path_base(path), "sysctl"));
}

static void parse_lines(struct rows *rows)
{
    struct span name, value;
    struct span line;

    while (rows_next(rows, &line)) {
        if (sysctl_split(line, &name, &value)) {
            sysctl_add(rows, line, name, value);
        } else if (!is_complaint(line)) {
            rows_bad(rows);
        }
    }
}

static void parse(const struct state_text *text, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    char buffer[NAME_BYTES];
    struct span name = name_of_path(span_of(text->file), buffer);
    struct span value = span_trim(text->text);
    struct rows rows;
    struct span line;

    rows_init(&rows, text, arena, notes);
    if (!is_value(text->text) || span_empty(name)) {
        parse_lines(&rows);
    } else if (rows_next(&rows, &line)) {
        sysctl_add(&rows, line, name, value);
    }
    rows_finish(&rows, ret);
}

const struct state_kind state_sysctl = {
    .name = "sysctl",
    .summary = "kernel settings in effect",
    .columns = "path value line",
    .host_paths = "/proc/sys/fs/inotify/* /proc/sys/fs/file-nr /proc/sys/fs/file-max "
                  "/proc/sys/fs/nr_open /proc/sys/fs/aio-nr /proc/sys/fs/aio-max-nr "
                  "/proc/sys/kernel/pid_max /proc/sys/kernel/threads-max "
                  "/proc/sys/kernel/panic /proc/sys/kernel/panic_on_oops /proc/sys/kernel/keys/* "
                  "/proc/sys/net/bridge/* /proc/sys/net/ipv4/ip_forward "
                  "/proc/sys/net/netfilter/nf_conntrack_count "
                  "/proc/sys/net/netfilter/nf_conntrack_max /proc/sys/user/max_inotify_* "
                  "/proc/sys/vm/max_map_count /proc/sys/vm/overcommit_memory "
                  "/proc/sys/vm/panic_on_oom /proc/sys/vm/swappiness",
    .bid = bid,
    .parse = parse,
};

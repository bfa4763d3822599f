/* Kernel settings that survive a reboot: sysctl.conf(5), sysctl.d(5).
 *
 *   fs.inotify.max_user_watches=524288
 */

#include "state/sysctl.h"

static bool is_comment(struct span line)
{
    return line.data[0] == '#' || line.data[0] == ';';
}

static enum line_shape shape(struct span line)
{
    struct span name, value;

    if (is_comment(line)) {
        return LINE_NOISE;
    }
    return sysctl_split(line, &name, &value) ? LINE_ROW : LINE_ALIEN;
}

/* The same lines may be output of sysctl. Comments, `a=b`, or the name of the file show which it
 * is. */
static bool is_written_by_people(struct span path, struct span head)
{
    struct span line;

    if (span_ends(path, SPAN(".conf")) || span_contains(path, "sysctl.d/")) {
        return true;
    }
    while (span_cut(&head, '\n', &line)) {
        line = span_trim(line);
        if (!span_empty(line) && (is_comment(line) || !sysctl_is_output(line))) {
            return !span_begins(line, "sysctl: ");
        }
    }
    return false;
}

static int bid(struct span path, struct span head)
{
    if (!is_written_by_people(path, head)) {
        return STATE_BID_NO;
    }
    return bid_lines(head, shape, /* the file name matches */ true);
}

static void parse(const struct state_text *text, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    struct span name, value;
    struct rows rows;
    struct span line;

    rows_init(&rows, text, arena, notes);
    while (rows_next(&rows, &line)) {
        if (is_comment(span_trim(line))) {
            continue;
        }
        if (sysctl_split(line, &name, &value)) {
            sysctl_add(&rows, line, name, value);
        } else {
            rows_bad(&rows);
        }
    }
    rows_finish(&rows, ret);
}

const struct state_kind state_sysctl_files = {
    .name = "sysctl_files",
    .summary = "kernel settings that survive a reboot",
    .columns = "path value line",
    .may_be_empty = true,
    .host_paths = "/usr/lib/sysctl.d/*.conf /run/sysctl.d/*.conf /etc/sysctl.d/*.conf "
                  "/etc/sysctl.conf",
    .bid = bid,
    .parse = parse,
};

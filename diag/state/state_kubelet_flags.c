/* Flags of the kubelet's command line: kubeadm-flags.env, /etc/default/kubelet, the unit and its
 * drop-ins, files with one flag per line (snaps), ps(1). Lists such as `eviction-hard` also give a row
 * for each item: path `eviction-hard.nodefs.available`.
 *
 *   KUBELET_KUBEADM_ARGS="--container-runtime-endpoint=unix:///run/containerd/containerd.sock"
 */

#include "state/host.h"
#include "state/host_tables.h"
#include "state/kubelet_value.h"
#include "state/rows.h"

static bool is_kubelet(struct span word)
{
    static const char *const names[] = { "kubelet", "kubelite", NULL };

    return word_among(path_base(word), names);
}

/* `KUBELET_EXTRA_ARGS=...`, also inside `Environment="..."`: the text after the name. */
static bool split_environment(struct span line, struct span *ret_flags)
{
    struct span name;

    if (span_begins(line, "Environment=")) {
        line = unquoted(span_skip(line, strlen("Environment=")));
    }
    if (span_begins(line, "export ")) {
        line = span_skip(line, strlen("export "));
    }
    if (!span_begins(line, "KUBELET_") || span_find_byte(line, '=') < 0) {
        return false;
    }
    (void)span_cut(&line, '=', &name);
    *ret_flags = unquoted(span_trim(line));
    return span_find_byte(name, ' ') < 0;
}

/* `ExecStart=/usr/bin/kubelet ...` and a bare `/usr/bin/kubelet ...`. */
static bool split_command(struct span line, struct span *ret_flags)
{
    struct span word;

    if (span_begins(line, "ExecStart=")) {
        line = span_skip(line, strlen("ExecStart="));
    }
    if (!span_word(&line, &word) || !is_kubelet(word)) {
        return false;
    }
    *ret_flags = line;
    return true;
}

/* The kubelet's line in a process list: flags follow its name. */
static bool split_process(struct span line, struct span *ret_flags)
{
    struct span word;

    while (span_word(&line, &word)) {
        if (is_kubelet(word) && span_begins(span_trim(line), "--")) {
            *ret_flags = line;
            return true;
        }
    }
    return false;
}

static bool split(struct span line, struct span *ret_flags)
{
    line = span_trim(line);
    *ret_flags = line;
    return span_begins(line, "--") || split_environment(line, ret_flags) ||
           split_command(line, ret_flags);
}

/* `UID PID PPID C STIME TTY TIME CMD`, `USER PID %CPU ... COMMAND`: capitals only. */
static bool is_process_header(struct span line)
{
    size_t i;

    for (i = 0; i < line.size; i++) {
        if ((line.data[i] >= 'a' && line.data[i] <= 'z') || line.data[i] == ':') {
            return false;
        }
    }
    return span_contains(line, "PID") &&
           (span_contains(line, "COMMAND") || span_contains(line, "CMD"));
}

/* Lines of units and environment files without flags: `[Service]`, `Restart=always`, `# ...`. */
static bool is_unit_line(struct span line)
{
    ptrdiff_t equals = span_find_byte(line, '=');
    ptrdiff_t blank = span_find_byte(line, ' ');

    if (line.data[0] == '#' || line.data[0] == '[') {
        return true;
    }
    return line.data[0] >= 'A' && line.data[0] <= 'Z' && equals > 0 &&
           (blank < 0 || equals < blank);
}

static enum line_shape shape_of_any(struct span line)
{
    struct span flags;

    if (split(line, &flags)) {
        return span_find(flags, SPAN("--")) >= 0 ? LINE_ROW : LINE_NOISE;
    }
    return is_unit_line(line) ? LINE_NOISE : LINE_ALIEN;
}

/* A single flag does not show which program it belongs to. */
static enum line_shape shape_of_named(struct span line)
{
    return span_begins(line, "--") ? LINE_NOISE : shape_of_any(line);
}

static int bid(struct span path, struct span head)
{
    bool named = span_contains(path_base(path), "kubel");
    struct span rest = head;
    struct span line;

    if (span_cut(&rest, '\n', &line) && is_process_header(line)) {
        return STATE_BID_TAKEN;
    }
    return bid_lines(head, named ? shape_of_any : shape_of_named, named);
}

static void add_setting(struct rows *rows, struct span line, struct span path, struct span value)
{
    rows_add_setting(rows, line, path, kubelet_value_type(path, value), value);
}

/* `memory.available<100Mi,nodefs.available<10%`, `cpu=100m,memory=1Gi`: a row for each item. */
static void add_items(struct rows *rows, struct span line, struct span path, struct span list)
{
    struct span item;

    while (!rows_full(rows) && span_cut(&list, ',', &item)) {
        char sign = span_find_byte(item, '<') > 0 ? '<' : '=';
        struct span name;

        if (span_find_byte(item, sign) <= 0 || !span_cut(&item, sign, &name)) {
            continue;
        }
        add_setting(rows, line,
                    span_of(arena_printf(rows->arena, "%.*s.%.*s", (int)path.size, path.data,
                                         (int)name.size, name.data)),
                    item);
    }
}

/* The next `--name=value`, `--name value` or `--name`, which means `true`. */
static bool cut_flag(struct span *flags, struct span *ret_name, struct span *ret_value)
{
    struct span word;
    struct span rest;

    do {
        if (!span_word(flags, &word)) {
            return false;
        }
    } while (!span_begins(word, "--") || word.size < 3);
    word = span_skip(word, 2);
    *ret_value = SPAN("true");
    if (span_find_byte(word, '=') > 0) {
        (void)span_cut(&word, '=', ret_name);
        *ret_value = unquoted(word);
        return true;
    }
    *ret_name = word;
    rest = *flags;
    if (span_word(&rest, &word) && word.data[0] != '-' && word.data[0] != '$' &&
        word.data[0] != '\\') {
        *ret_value = unquoted(word);
        *flags = rest;
    }
    return true;
}

static void add_flags(struct rows *rows, struct span line, struct span flags)
{
    struct span name;
    struct span value;

    while (!rows_full(rows) && cut_flag(&flags, &name, &value)) {
        add_setting(rows, line, name, value);
        add_items(rows, line, name, value);
    }
}

static void parse(const struct state_text *text, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    bool processes = false;
    struct rows rows;
    struct span flags;
    struct span line;

    rows_init(&rows, text, arena, notes);
    while (rows_next(&rows, &line)) {
        if (is_process_header(line)) {
            processes = true;
        } else if (processes ? split_process(line, &flags) : split(line, &flags)) {
            add_flags(&rows, line, flags);
        }
    }
    rows_finish(&rows, ret);
}

/* A running command line has all flags; without one, read the file written by kubeadm. */
static void add_host(struct states *states, const char *root, struct notes *notes)
{
    CLEANUP(buf_done_at) struct buf command = { 0 };
    size_t i;

    if (host_kubelet_command(root, &command) < 0) {
        states_add_host_file(states, "kubelet_flags", root, "/var/lib/kubelet/kubeadm-flags.env",
                             notes);
        return;
    }
    for (i = 0; i < command.size; i++) {
        if (command.data[i] == '\n') {
            command.data[i] = ' ';
        }
    }
    (void)states_add(states, "kubelet_flags", "/proc/*/cmdline", buf_span(&command), notes);
}

const struct state_kind state_kubelet_flags = {
    .name = "kubelet_flags",
    .summary = "flags of the kubelet's command line",
    .columns = "path value line",
    .bid = bid,
    .parse = parse,
    .add_host = add_host,
};

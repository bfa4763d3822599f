/* The input of a rule's test, in other forms.
 *
 *   Feb 05 10:58:14 edge-3 kubelet[12704]: E0205 10:58:14.917245   12704 run.go:72] "command failed"
 *   2026-02-05T10:58:14+00:00 edge-3 kubelet[12704]: E0205 10:58:14.917245   12704 run.go:72] "command failed"
 *   {"__REALTIME_TIMESTAMP":"1770289094000000","_HOSTNAME":"edge-3","SYSLOG_IDENTIFIER":"kubelet",...} */

#include "workbench/test_variant.h"

#include "base/calendar.h"
#include "base/json.h"
#include "base/vec.h"
#include "entry/streams.h"

#include <stdio.h>

enum {
    STAMP = 15,  /* bytes of `Feb 05 10:58:14` */
    YEAR = 2026, /* stamps have none */
    KLOG_HEAD = sizeof("E0205 10:58:14.917245") - 1
};

/* A line as a syslog daemon or journalctl -o short writes it. */
struct log_line {
    struct span line;
    struct span stamp, host, identifier, pid, message; /* pid may be empty */
};

typedef VEC(struct log_line) log_lines;

/* ---- reading ---- */

static bool is_digits(struct span text, size_t at, size_t n)
{
    for (size_t i = at; i < at + n; i++) {
        if (i >= text.size || text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
    }
    return true;
}

static bool is_stamp(struct span line)
{
    return line.size > STAMP && calendar_month(span_head(line, 3)) && line.data[3] == ' ' &&
           (line.data[4] == ' ' || is_digits(line, 4, 1)) && is_digits(line, 5, 1) &&
           line.data[6] == ' ' && is_digits(line, 7, 2) && line.data[9] == ':' &&
           is_digits(line, 10, 2) && line.data[12] == ':' && is_digits(line, 13, 2) &&
           line.data[STAMP] == ' ';
}

/* `kubelet[12704]` or `kernel` */
static void split_sender(struct span sender, struct log_line *ret)
{
    ptrdiff_t bracket = span_find_byte(sender, '[');

    ret->identifier = bracket < 0 ? sender : span_head(sender, (size_t)bracket);
    if (bracket < 0 || !span_ends(sender, SPAN("]"))) {
        return;
    }
    ret->pid = span_skip(span_head(sender, sender.size - 1), (size_t)bracket + 1);
}

static bool read_line(struct span line, struct log_line *ret)
{
    struct span rest;
    ptrdiff_t colon;

    *ret = (struct log_line){ .line = line };
    if (!is_stamp(line)) {
        return false;
    }
    ret->stamp = span_head(line, STAMP);
    rest = span_skip(line, STAMP + 1);
    colon = span_find(rest, SPAN(": "));
    if (!span_word(&rest, &ret->host) || colon < (ptrdiff_t)ret->host.size) {
        return false;
    }
    rest = span_skip(rest, 1);
    colon -= (ptrdiff_t)ret->host.size + 1;
    split_sender(span_head(rest, (size_t)colon), ret);
    ret->message = span_skip(rest, (size_t)colon + 2);
    return !span_empty(ret->identifier) && span_find_byte(ret->identifier, ' ') < 0;
}

/* All lines, or false when one of them has no stamp or sender. */
static bool read_lines(struct span input, log_lines *ret)
{
    struct log_line split;
    struct span line;

    while (span_cut(&input, '\n', &line)) {
        if (!read_line(line, &split)) {
            return false;
        }
        vec_push(ret, split);
    }
    return ret->n > 0;
}

static int64_t time_of(const struct log_line *line)
{
    struct civil civil = { .year = YEAR, .month = calendar_month(span_head(line->stamp, 3)) };
    const char *at = line->stamp.data;

    civil.day = (at[4] == ' ' ? 0 : (at[4] - '0') * 10) + at[5] - '0';
    civil.hour = (at[7] - '0') * 10 + at[8] - '0';
    civil.minute = (at[10] - '0') * 10 + at[11] - '0';
    civil.second = (at[13] - '0') * 10 + at[14] - '0';
    return civil_to_us(&civil);
}

static void add_line(struct buf *out, struct span line)
{
    buf_add(out, line);
    buf_add_byte(out, '\n');
}

/* ---- lines ---- */

static bool make_crlf(const struct test_variant *variant, const struct variant_input *input,
                      struct buf *out)
{
    struct span rest = input->text, line;

    (void)variant;
    if (span_find_byte(rest, '\r') >= 0 || span_find(rest, SPAN("__CURSOR=")) >= 0 ||
        span_find(rest, SPAN("__REALTIME_TIMESTAMP=")) >= 0) {
        return false; /* an export's fields end with LF and nothing else */
    }
    while (span_cut(&rest, '\n', &line)) {
        buf_add(out, line);
        buf_add_string(out, "\r\n");
    }
    return true;
}

static bool make_newest_first(const struct test_variant *variant, const struct variant_input *input,
                              struct buf *out)
{
    log_lines lines = { 0 };
    bool can = read_lines(input->text, &lines) &&
               !span_equal(lines.items[0].stamp, lines.items[lines.n - 1].stamp);

    (void)variant;
    for (size_t i = lines.n; can && i > 0; i--) {
        add_line(out, lines.items[i - 1].line);
    }
    vec_free(&lines);
    return can;
}

/* Does the record go on: a line of a value that klog spread over several? */
static bool goes_on(const log_lines *lines, size_t i)
{
    return i < lines->n && (lines->items[i].message.size == 0 ||
                            strchr(" \t>", lines->items[i].message.data[0]) != NULL);
}

static bool make_noise(const struct test_variant *variant, const struct variant_input *input,
                       struct buf *out)
{
    static const char *const noise[] = {
        "CRON[4321]: (root) CMD (run-parts /etc/cron.hourly)",
        "sshd[8123]: Accepted publickey for root from 192.0.2.7 port 50022 ssh2",
        "systemd[1]: Started session-12.scope - Session 12 of User root.",
    };
    log_lines lines = { 0 };
    bool can = read_lines(input->text, &lines);

    (void)variant;
    for (size_t i = 0; can && i < lines.n; i++) {
        const struct log_line *at = &lines.items[i];

        add_line(out, at->line);
        if (!goes_on(&lines, i + 1)) {
            buf_printf(out, "%.*s %.*s %s\n", STAMP, at->stamp.data, (int)at->host.size,
                       at->host.data, noise[i % N_ELEMENTS(noise)]);
        }
    }
    vec_free(&lines);
    return can;
}

/* Its first `columns` characters; at every other width the last one is the mark that less -S
 * leaves. */
static void add_cut(struct buf *out, struct span line, unsigned columns)
{
    size_t at = 0;

    for (unsigned n = 0; at < line.size && n < columns; n++) {
        do {
            at++;
        } while (at < line.size && ((unsigned char)line.data[at] & 0xc0) == 0x80);
    }
    if (at < line.size && columns % 40 != 0) {
        buf_add(out, span_head(line, at - 1));
        buf_add_byte(out, '>');
    } else {
        buf_add(out, span_head(line, at));
    }
    buf_add_byte(out, '\n');
}

static bool make_cut(const struct test_variant *variant, const struct variant_input *input,
                     struct buf *out)
{
    struct span line, rest = input->text;
    bool any = false;

    while (span_cut(&rest, '\n', &line)) {
        any = any || line.size > variant->columns;
        add_cut(out, line, variant->columns);
    }
    return any;
}

/* ---- formats ---- */

/* Does the rule listen to the kubelet? A log without sender may be anybody's. */
static bool is_kubelets(const struct variant_input *input)
{
    struct entry entry = entry_empty();
    uint64_t streams;

    entry.identifier = SPAN("kubelet");
    streams = streams_of_entry(&input->rules->streams, &entry);
    for (size_t i = 0; i < input->rule->n_signals; i++) {
        if (input->rule->signals[i].streams & streams) {
            return true;
        }
    }
    return false;
}

static bool is_klog(struct span line)
{
    return line.size > KLOG_HEAD && strchr("IWEF", line.data[0]) && is_digits(line, 1, 4) &&
           line.data[5] == ' ' && is_digits(line, 6, 2) && line.data[8] == ':' &&
           line.data[14] == '.' && is_digits(line, 15, 6);
}

static const char *month_name(const char *digits)
{
    static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    unsigned month = (unsigned)((digits[0] - '0') * 10 + digits[1] - '0');

    return month >= 1 && month <= N_ELEMENTS(names) ? names[month - 1] : NULL;
}

/* The kubelet's own log file, as the journal would have had it. */
static bool make_short(const struct test_variant *variant, const struct variant_input *input,
                       struct buf *out)
{
    struct span rest = input->text, line;

    (void)variant;
    if (!is_kubelets(input)) {
        return false;
    }
    while (span_cut(&rest, '\n', &line)) {
        const char *month = is_klog(line) ? month_name(line.data + 1) : NULL;

        if (!month) {
            return false;
        }
        buf_printf(out, "%s %.2s %.8s node-1 kubelet[4242]: ", month, line.data + 3, line.data + 6);
        add_line(out, line);
    }
    return out->size > 0;
}

static bool make_short_iso(const struct test_variant *variant, const struct variant_input *input,
                           struct buf *out)
{
    log_lines lines = { 0 };
    bool can = read_lines(input->text, &lines);

    (void)variant;
    for (size_t i = 0; can && i < lines.n; i++) {
        calendar_add_rfc3339(out, time_of(&lines.items[i]), /* zone_minutes= */ 0, true);
        add_line(out, span_skip(lines.items[i].line, STAMP));
    }
    vec_free(&lines);
    return can;
}

/* What journald knows of the sender of a line. */
struct sender {
    const char *transport;
    char unit[128];
    struct span pid;
};

static struct sender sender_of(const struct log_line *line)
{
    struct sender sender = { .transport = "stdout", .pid = line->pid };

    if (span_is(line->identifier, "kernel")) {
        sender.transport = "kernel";
        sender.pid = (struct span){ 0 };
    } else if (span_is(line->identifier, "systemd")) {
        sender.transport = "journal";
        (void)strcpy(sender.unit, "init.scope");
    } else {
        (void)snprintf(sender.unit, sizeof(sender.unit), "%.*s.service", (int)line->identifier.size,
                       line->identifier.data);
    }
    return sender;
}

/* The kernel's own clock (`[  812.044108] `) precedes its messages in files, not in the journal. */
static struct span journal_message(const struct log_line *line)
{
    struct span rest = line->message, clock;

    if (!span_is(line->identifier, "kernel") || !span_starts(rest, SPAN("[")) ||
        !span_cut(&rest, ']', &clock) || span_find_byte(clock, '.') < 0) {
        return line->message;
    }
    for (size_t i = 1; i < clock.size; i++) {
        if (!strchr(" .0123456789", clock.data[i])) {
            return line->message;
        }
    }
    return span_skip(rest, 1);
}

/* klog's stamp in the message, whose text sorts as its time; empty when there is none. */
static struct span klog_stamp(const struct log_line *line)
{
    return is_klog(line->message) ? span_skip(span_head(line->message, KLOG_HEAD), 1)
                                  : (struct span){ 0 };
}

/* A vote for the later of two neighbours: > 0 when it is `b`. */
static int order_of(const struct log_line *a, const struct log_line *b)
{
    int64_t distance = time_of(b) - time_of(a);
    struct span one = klog_stamp(a), other = klog_stamp(b);

    if (distance != 0) {
        return distance > 0 ? 1 : -1;
    }
    return one.size && other.size ? memcmp(other.data, one.data, one.size) : 0;
}

/* The entries in the order in which a journal has them, which is never newest first. */
static bool read_entries(struct span input, log_lines *ret)
{
    int votes = 0;

    if (!read_lines(input, ret)) {
        return false;
    }
    for (size_t i = 1; i < ret->n; i++) {
        int order = order_of(&ret->items[i - 1], &ret->items[i]);

        votes += (order > 0) - (order < 0);
    }
    for (size_t i = 0; votes < 0 && i < ret->n / 2; i++) {
        struct log_line other = ret->items[ret->n - 1 - i];

        ret->items[ret->n - 1 - i] = ret->items[i];
        ret->items[i] = other;
    }
    return true;
}

/* Lines of the same second keep their order. */
static int64_t entry_time(const struct log_line *line, size_t i)
{
    return time_of(line) + (int64_t)i;
}

static json_t *entry_json(const struct log_line *line, size_t i)
{
    struct sender sender = sender_of(line);
    struct span message = journal_message(line);
    char time[32];

    (void)snprintf(time, sizeof(time), "%lld", (long long)entry_time(line, i));
    return json_pack("{ss ss% ss% ss% ss ss ss ss%}", "__REALTIME_TIMESTAMP", time, "_HOSTNAME",
                     line->host.data, line->host.size, "SYSLOG_IDENTIFIER", line->identifier.data,
                     line->identifier.size, "_PID", sender.pid.size ? sender.pid.data : "",
                     sender.pid.size, "_SYSTEMD_UNIT", sender.unit, "_TRANSPORT", sender.transport,
                     "PRIORITY", "6", "MESSAGE", message.data, message.size);
}

static int append(const char *bytes, size_t size, void *data)
{
    buf_add(data, (struct span){ bytes, size });
    return 0;
}

static bool make_json(const struct test_variant *variant, const struct variant_input *input,
                      struct buf *out)
{
    log_lines lines = { 0 };
    bool can = read_entries(input->text, &lines);

    (void)variant;
    for (size_t i = 0; can && i < lines.n; i++) {
        CLEANUP(json_free_at) json_t *entry = entry_json(&lines.items[i], i);

        can = entry && json_dump_callback(entry, append, out, JSON_COMPACT) == 0; /* UTF-8 only */
        buf_add_byte(out, '\n');
    }
    vec_free(&lines);
    return can;
}

static void add_export_field(struct buf *out, const char *name, struct span value)
{
    if (span_empty(value)) {
        return;
    }
    buf_printf(out, "%s=", name);
    add_line(out, value);
}

static bool make_export(const struct test_variant *variant, const struct variant_input *input,
                        struct buf *out)
{
    log_lines lines = { 0 };
    bool can = read_entries(input->text, &lines);

    (void)variant;
    for (size_t i = 0; can && i < lines.n; i++) {
        struct sender sender = sender_of(&lines.items[i]);

        buf_printf(out, "__CURSOR=s=0;i=%zx\n__REALTIME_TIMESTAMP=%lld\n", i + 1,
                   (long long)entry_time(&lines.items[i], i));
        add_export_field(out, "_HOSTNAME", lines.items[i].host);
        add_export_field(out, "SYSLOG_IDENTIFIER", lines.items[i].identifier);
        add_export_field(out, "_PID", sender.pid);
        add_export_field(out, "_SYSTEMD_UNIT", span_of(sender.unit));
        add_export_field(out, "_TRANSPORT", span_of(sender.transport));
        add_export_field(out, "PRIORITY", SPAN("6"));
        add_export_field(out, "MESSAGE", journal_message(&lines.items[i]));
        buf_add_byte(out, '\n');
    }
    vec_free(&lines);
    return can;
}

const struct test_variant test_variants[] = {
    { .name = "CRLF", .make = make_crlf },
    { .name = "newest first", .make = make_newest_first },
    { .name = "noise between", .make = make_noise },
    { .name = "as journalctl -o short", .make = make_short, .format = "journal-short" },
    { .name = "as journalctl -o short-iso", .make = make_short_iso, .format = "journal-short" },
    { .name = "as journalctl -o json", .make = make_json, .format = "journal-json" },
    { .name = "as journalctl -o export", .make = make_export, .format = "journal-export" },
    { .name = "cut at 80 columns", .make = make_cut, .columns = 80 },
    { .name = "cut at 100 columns", .make = make_cut, .columns = 100 },
    { .name = "cut at 120 columns", .make = make_cut, .columns = 120 },
    { .name = "cut at 140 columns", .make = make_cut, .columns = 140 },
    { .name = "cut at 160 columns", .make = make_cut, .columns = 160 },
    { .name = "cut at 180 columns", .make = make_cut, .columns = 180 },
    { .name = "cut at 200 columns", .make = make_cut, .columns = 200 },
    { 0 },
};

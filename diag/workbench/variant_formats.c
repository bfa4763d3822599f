/* The input of a rule's test in other formats.
 *
 *   2026-02-05T10:58:14+00:00 edge-3 kubelet[12704]: E0205 10:58:14.917245   12704 run.go:72] "command failed"
 *   {"__REALTIME_TIMESTAMP":"1770289094000000","_HOSTNAME":"edge-3","SYSLOG_IDENTIFIER":"kubelet",...} */

#include "workbench/variant_formats.h"

#include "base/calendar.h"
#include "base/json.h"
#include "entry/streams.h"
#include "workbench/log_line.h"

#include <stdio.h>
#include <string.h>

/* Does the rule match the kubelet's stream? A log without a sender may come from any process. */
static bool is_kubelets(const struct variant_input *input)
{
    struct entry entry = entry_empty();
    uint64_t streams;

    entry.identifier = SPAN("kubelet");
    streams = streams_of_sender(&input->rules->streams, &entry, NULL);
    for (size_t i = 0; i < input->rule->n_signals; i++) {
        if (input->rule->signals[i].streams & streams) {
            return true;
        }
    }
    return false;
}

static const char *month_name(const char *digits)
{
    static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    unsigned month = (unsigned)((digits[0] - '0') * 10 + digits[1] - '0');

    return month >= 1 && month <= N_ELEMENTS(names) ? names[month - 1] : NULL;
}

/* The kubelet's own log file, as the journal would have had it. */
bool variant_short(const struct test_variant *variant, const struct variant_input *input,
                   struct buf *out)
{
    struct span rest = input->text, line;

    (void)variant;
    if (!is_kubelets(input)) {
        return false;
    }
    while (span_cut(&rest, '\n', &line)) {
        const char *month = log_line_is_klog(line) ? month_name(line.data + 1) : NULL;

        if (!month) {
            return false;
        }
        buf_printf(out, "%s %.2s %.8s node-1 kubelet[4242]: ", month, line.data + 3, line.data + 6);
        log_line_add(out, line);
    }
    return out->size > 0;
}

bool variant_short_iso(const struct test_variant *variant, const struct variant_input *input,
                       struct buf *out)
{
    log_lines lines = { 0 };
    bool can = log_lines_read(input->text, &lines);

    (void)variant;
    for (size_t i = 0; can && i < lines.n; i++) {
        calendar_add_rfc3339(out, log_line_time(&lines.items[i]), /* zone_minutes= */ 0, true);
        log_line_add(out, span_skip(lines.items[i].line, LOG_STAMP_BYTES));
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
    return log_line_is_klog(line->message)
               ? span_skip(span_head(line->message, KLOG_STAMP_BYTES), 1)
               : (struct span){ 0 };
}

/* A vote for the later of two neighbours: > 0 when it is `b`. */
static int order_of(const struct log_line *a, const struct log_line *b)
{
    int64_t distance = log_line_time(b) - log_line_time(a);
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

    if (!log_lines_read(input, ret)) {
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
    return log_line_time(line) + (int64_t)i;
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

bool variant_json(const struct test_variant *variant, const struct variant_input *input,
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
    log_line_add(out, value);
}

bool variant_export(const struct test_variant *variant, const struct variant_input *input,
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

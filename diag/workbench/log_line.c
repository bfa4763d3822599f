/* Lines of syslog, taken apart.
 *
 *   Feb 05 10:58:14 edge-3 kubelet[12704]: E0205 10:58:14.917245   12704 run.go:72] "command failed" */

#include "workbench/log_line.h"

#include "base/calendar.h"

#include <string.h>

enum {
    YEAR = 2026
};

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
    return line.size > LOG_STAMP_BYTES && calendar_month(span_head(line, 3)) &&
           line.data[3] == ' ' && (line.data[4] == ' ' || is_digits(line, 4, 1)) &&
           is_digits(line, 5, 1) && line.data[6] == ' ' && is_digits(line, 7, 2) &&
           line.data[9] == ':' && is_digits(line, 10, 2) && line.data[12] == ':' &&
           is_digits(line, 13, 2) && line.data[LOG_STAMP_BYTES] == ' ';
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
    ret->stamp = span_head(line, LOG_STAMP_BYTES);
    rest = span_skip(line, LOG_STAMP_BYTES + 1);
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

bool log_lines_read(struct span input, log_lines *ret)
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

int64_t log_line_time(const struct log_line *line)
{
    struct civil civil = { .year = YEAR, .month = calendar_month(span_head(line->stamp, 3)) };
    const char *at = line->stamp.data;

    civil.day = (at[4] == ' ' ? 0 : (at[4] - '0') * 10) + at[5] - '0';
    civil.hour = (at[7] - '0') * 10 + at[8] - '0';
    civil.minute = (at[10] - '0') * 10 + at[11] - '0';
    civil.second = (at[13] - '0') * 10 + at[14] - '0';
    return civil_to_us(&civil);
}

bool log_line_is_klog(struct span line)
{
    return line.size > KLOG_STAMP_BYTES && strchr("IWEF", line.data[0]) && is_digits(line, 1, 4) &&
           line.data[5] == ' ' && is_digits(line, 6, 2) && line.data[8] == ':' &&
           line.data[14] == '.' && is_digits(line, 15, 6);
}

void log_line_add(struct buf *out, struct span line)
{
    buf_add(out, line);
    buf_add_byte(out, '\n');
}

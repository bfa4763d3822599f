/* Syslog in the format of RFC 5424, as forwarded by rsyslog, syslog-ng and collectors.
 * https://www.rfc-editor.org/rfc/rfc5424
 *
 *   <30>1 2024-06-12T13:46:40.123456Z node01 kubelet 1234 - [origin ip="10.0.0.1"] E0612 13:46 ...
 *
 * The octet count that RFC 6587 puts before a message, `82 <30>1 ...`, is skipped. */

#include "format/line.h"
#include "format/syslog.h"

#include <errno.h>

/* `<30>1 `: the priority, and the version, which is always 1. */
static bool cut_priority(struct span *rest, int64_t *ret)
{
    struct span at = *rest;
    int64_t count, priority;

    if (take_digits(&at, 1, 7, &count) && !take_byte(&at, ' ')) {
        return false;
    }
    if (!take_byte(&at, '<') || !take_digits(&at, 1, 3, &priority) || priority > 191 ||
        !take_byte(&at, '>') || !take_byte(&at, '1') || !take_byte(&at, ' ')) {
        return false;
    }
    *rest = at;
    *ret = priority;
    return true;
}

/* `-` means no value. */
static bool cut_word(struct span *rest, struct span *ret)
{
    struct span word;

    if (!span_word(rest, &word)) {
        return false;
    }
    *ret = span_is(word, "-") ? (struct span){ 0 } : word;
    return true;
}

/* `[origin ip="10.0.0.1"][...]`: brackets inside quotes do not count. A truncated one extends to
 * the end. */
static struct span skip_elements(struct span text)
{
    bool quoted = false;

    if (span_starts(text, SPAN("-"))) {
        return span_skip(text, 1);
    }
    while (span_starts(text, SPAN("["))) {
        size_t i = 1;

        for (; i < text.size && (quoted || text.data[i] != ']'); i++) {
            if (quoted && text.data[i] == '\\') {
                i++;
            } else if (text.data[i] == '"') {
                quoted = !quoted;
            }
        }
        text = span_skip(text, i + 1);
    }
    return text;
}

static bool read_stamp(const struct format_context *context, struct span *rest, struct entry *ret)
{
    struct span at = *rest;
    struct logtime time;

    if (span_starts(at, SPAN("- "))) {
        *rest = span_skip(at, 2);
        return true;
    }
    if (!logtime_iso(&at, &time) || take_blanks(&at) == 0) {
        return false;
    }
    ret->stamp = span_trim(span_head(*rest, rest->size - at.size));
    ret->when = logtime_moment(&time, context);
    *rest = at;
    return true;
}

static int score(struct span line)
{
    int64_t priority;

    return cut_priority(&line, &priority) ? BID_SURE : BID_NO;
}

static int bid(struct span head)
{
    return line_average(head, score);
}

static bool begins(struct span line)
{
    return score(line) > 0;
}

static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    struct span rest = record, pid = { 0 }, id = { 0 };
    struct entry entry = *ret;
    int64_t priority, number;

    if (span_empty(span_trim(record))) {
        return 0;
    }
    if (!cut_priority(&rest, &priority) || !read_stamp(context, &rest, &entry) ||
        !cut_word(&rest, &entry.host) || !cut_word(&rest, &entry.identifier) ||
        !cut_word(&rest, &pid) || !cut_word(&rest, &id) || take_blanks(&rest) == 0) {
        return -EBADMSG;
    }
    rest = skip_elements(rest);
    (void)take_byte(&rest, ' ');
    if (span_starts(rest, SPAN("\xef\xbb\xbf"))) {
        rest = span_skip(rest, 3);
    }
    if (span_to_int(pid, &number) && number >= 0) {
        entry.pid = number;
    }
    entry.severity = (enum severity)(priority % 8);
    entry.message = syslog_unescape(rest, context->arena);
    *ret = entry;
    return 1;
}

const struct format format_syslog_rfc5424 = {
    .name = "syslog-rfc5424",
    .summary = "syslog with structured data, RFC 5424",
    .spec = "https://www.rfc-editor.org/rfc/rfc5424",
    .bid = bid,
    .begins = begins,
    .decode = decode,
};

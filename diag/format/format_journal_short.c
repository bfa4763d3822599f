/* journalctl -o short and similar formats, and classic syslog files, which look the same.
 *
 * journalctl(1) -o short, short-iso, short-iso-precise, short-precise, short-full, short-monotonic,
 * short-unix, with-unit, with and without --no-hostname; RFC 3164.
 *
 *   Apr 07 22:06:29 kmaster135 kubelet[19593]: F0407 22:06:29.503369   19593 server.go:262] failed
 *   10月 16 09:50:55 ubuntu-k8s-3 kubelet[17144]: W1016 09:50:55.056703 ...
 *   2024-06-12T13:46:40+0000 node-a systemd[1]: Started kubelet.
 *   kubelet[546]: I0201 17:14:46.323504     546 volume_manager.go:291] the date was cut off
 *   <27>Nov 21 10:08:46 vm kubelet[18726]: as it goes over the wire
 */

#include "base/cleanup.h"
#include "format/line.h"
#include "format/syslog.h"

#include <errno.h>

enum {
    INDENT_MAX =
        8, /* pasted text is often indented; continuation lines of journald are indented further */
    NAME_WORDS = 3, /* a syslog identifier can contain spaces: `rs:main Q:Reg` */
};

/* The part before the message. */
struct prefix {
    struct span stamp;
    struct moment when;
    struct span host, name; /* `name` is an identifier or unit */
    int64_t pid;            /* -1: unknown */
    int64_t priority;       /* facility * 8 + severity; -1: unknown */
    bool dated;             /* a timestamp with a date: sufficient proof for a name without PID */
    bool since_boot;        /* a timestamp that dmesg uses as well */
};

static bool take_stamp(struct span *rest, const struct format_context *context,
                       struct prefix *prefix)
{
    static bool (*const forms[])(struct span *, struct logtime *) = { logtime_month, logtime_iso,
                                                                      logtime_full, logtime_unix,
                                                                      logtime_clock };
    struct logtime time;
    struct span at = *rest;

    prefix->when = MOMENT_UNKNOWN;
    if (logtime_uptime(&at, &prefix->when.monotonic_us)) {
        prefix->since_boot = true;
    } else {
        size_t i = 0;

        while (i < N_ELEMENTS(forms) && !forms[i](&at, &time)) {
            i++;
        }
        if (i == N_ELEMENTS(forms)) {
            return false;
        }
        prefix->when = logtime_moment(&time, context);
        prefix->dated = time.civil.month > 0;
    }
    prefix->stamp = span_head(*rest, rest->size - at.size);
    *rest = at;
    return true;
}

/* `kubelet[1234]:` or `kubelet:`, the colon last */
static bool read_name(struct span text, struct prefix *prefix)
{
    struct span digits;
    uint64_t pid;
    size_t n = text.size;

    if (n < 2 || text.data[n - 1] != ':') {
        return false;
    }
    prefix->name = span_head(text, n - 1);
    prefix->pid = -1;
    if (n < 4 || text.data[n - 2] != ']') {
        return true;
    }
    for (n -= 2; n > 0 && text.data[n - 1] >= '0' && text.data[n - 1] <= '9';) {
        n--;
    }
    digits = (struct span){ text.data + n, text.size - 2 - n };
    if (n < 2 || text.data[n - 1] != '[' || !span_to_uint(digits, &pid) || pid > INT32_MAX) {
        return true;
    }
    prefix->name = span_head(text, n - 1);
    prefix->pid = (int64_t)pid;
    return true;
}

/* The sender, in up to NAME_WORDS words, the last of which ends with `:`. A time of day cannot
 * start a name. */
static bool take_name(struct span *rest, struct prefix *prefix)
{
    struct span at = *rest, first, word;

    if (!span_word(&at, &first)) {
        return false;
    }
    word = first;
    for (int i = 0; i < NAME_WORDS; i++) {
        struct span text = { first.data, (size_t)(word.data + word.size - first.data) };

        if (i > 0 && is_digit(first.data[0])) {
            return false;
        }
        if (read_name(text, prefix) && (i == 0 || prefix->pid >= 0)) {
            *rest = at;
            return true;
        }
        if (!span_word(&at, &word)) {
            return false;
        }
    }
    return false;
}

/* Host and sender, or only the sender. */
static bool take_sender(struct span *rest, struct prefix *prefix)
{
    struct span at = *rest, host;

    if (span_word(&at, &host) && host.data[host.size - 1] != ':' && take_name(&at, prefix)) {
        prefix->host = host;
        *rest = at;
        return true;
    }
    prefix->host = (struct span){ 0 };
    return take_name(rest, prefix);
}

/* True if it can be the name of a sender. Free text contains colons, too. */
static bool is_credible(const struct prefix *prefix)
{
    if (prefix->dated) {
        return true;
    }
    /* Without a date, and where it could be a line of dmesg, only a PID is proof. */
    if (prefix->since_boot) {
        return !span_empty(prefix->host) && (prefix->pid >= 0 || span_is(prefix->name, "kernel"));
    }
    return prefix->pid >= 0;
}

/* True if a name with a PID can be in the line. */
static bool may_have_pid(struct span line)
{
    ptrdiff_t at;

    while ((at = span_find_byte(line, ']')) >= 0) {
        line = span_skip(line, (size_t)at + 1);
        if (span_starts(line, SPAN(":"))) {
            return true;
        }
    }
    return false;
}

/* `<27>` */
static void take_priority(struct span *rest, struct prefix *prefix)
{
    struct span at = *rest;
    int64_t priority;

    if (!take_byte(&at, '<') || !take_digits(&at, 1, 3, &priority) || priority > 191 ||
        !take_byte(&at, '>')) {
        return;
    }
    prefix->priority = priority;
    *rest = at;
}

static bool take_prefix(struct span *rest, const struct format_context *context,
                        struct prefix *prefix)
{
    struct span at = *rest, line = *rest;
    ptrdiff_t newline = span_find_byte(line, '\n');

    *prefix = (struct prefix){ .pid = -1, .priority = -1, .when = MOMENT_UNKNOWN };
    if (newline >= 0) {
        line = span_head(line, (size_t)newline);
    }
    if (take_blanks(&line) > INDENT_MAX) {
        return false;
    }
    take_priority(&line, prefix);
    if (take_stamp(&line, context, prefix) && line.size && line.data[0] != ' ') {
        return false; /* glued to other text */
    }
    if (!prefix->dated && !prefix->since_boot && !may_have_pid(line)) {
        return false; /* not credible */
    }
    if (!take_sender(&line, prefix) || !is_credible(prefix)) {
        return false;
    }
    at = span_skip(at, (size_t)(line.data - at.data));
    (void)take_byte(&at, ' ');
    *rest = at;
    return true;
}

static int score(struct span line)
{
    const struct format_context nothing = { 0 };
    struct prefix prefix;

    if (!take_prefix(&line, &nothing, &prefix)) {
        return BID_NO;
    }
    return (prefix.dated || prefix.since_boot ? 25 : 5) + (prefix.pid >= 0 ? 20 : 5) +
           (prefix.host.size ? 10 : 0);
}

static int bid(struct span head)
{
    return line_average(head, score);
}

/* Text that is not indented is not from journald, but from a shell or another log: a record of its
 * own. */
static bool begins(struct span line)
{
    return !line_continues(line) || score(line);
}

/* rsyslog keeps the kernel's timestamp in the message: `kernel: [ 2741.383766] Out of memory` */
static void read_kernel(struct entry *ret)
{
    ret->transport = SPAN("kernel");
    if (logtime_uptime(&ret->message, &ret->when.monotonic_us)) {
        (void)take_byte(&ret->message, ' ');
    }
}

/* With `with-unit` the name is that of a unit. init.scope contains only systemd. */
static void read_sender(const struct prefix *prefix, struct entry *ret)
{
    ret->host = prefix->host;
    ret->pid = prefix->pid;
    ret->identifier = prefix->name;
    if (span_ends(prefix->name, SPAN(".service")) || span_ends(prefix->name, SPAN(".scope"))) {
        ret->unit = prefix->name;
    }
    if (!span_empty(ret->unit)) {
        ret->identifier = span_is(ret->unit, "init.scope") ? SPAN("systemd") : (struct span){ 0 };
    }
}

static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    struct prefix prefix;

    if (!take_prefix(&record, context, &prefix)) {
        return -EBADMSG;
    }
    ret->stamp = prefix.stamp;
    ret->when = prefix.when;
    read_sender(&prefix, ret);
    ret->message = syslog_unescape(record, context->arena);
    if (prefix.priority >= 0) {
        ret->severity = (enum severity)(prefix.priority & 7);
    }
    if (span_is(prefix.name, "kernel")) {
        read_kernel(ret);
    }
    return 1;
}

const struct format format_journal_short = {
    .name = "journal-short",
    .summary = "journalctl -o short and similar formats, and classic syslog files",
    .spec = "man:journalctl(1), RFC 3164",
    .bid = bid,
    .begins = begins,
    .decode = decode,
};

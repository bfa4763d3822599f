/* The kernel log, in all formats of dmesg(1), /dev/kmsg, pstore and Talos.
 *
 * man:dmesg(1), Documentation/ABI/testing/dev-kmsg
 *
 *   [1375956.718916] Out of memory: Kill process 23143 (pip3) score 613 or sacrifice child
 *   [Sat Jun 15 10:00:00 2024] Out of memory: ...             dmesg -T
 *   [Nov21 03:03] Out of memory: ... / [  +0.000123] ...      dmesg -H
 *   2026-11-21T03:03:37,000000+00:00 Out of memory: ...       dmesg --time-format iso
 *   [  535.946857 <    0.000123>] Out of memory: ...          dmesg -d
 *   kern  :err   : [  535.946857] Out of memory: ...          dmesg -x
 *   <3>[  535.946857] [ T1234] Out of memory: ...             pstore, with the caller's id
 *   3,1234,535946857,-;Out of memory: ...                     /dev/kmsg
 *   kern:    info: [2024-06-12T13:46:44.123456789Z]: ...      talosctl dmesg */

#include "base/cleanup.h"
#include "format/line.h"

#include <errno.h>

struct head {
    struct span stamp;
    struct moment when;
    enum severity severity;
    int points; /* evidence, for the bid */
};

/* `<6>`: facility * 8 + severity */
static void take_level(struct span *rest, struct head *head)
{
    struct span at = *rest;
    int64_t priority;

    if (!take_byte(&at, '<') || !take_digits(&at, 1, 4, &priority) || !take_byte(&at, '>')) {
        return;
    }
    head->severity = (enum severity)(priority & 7);
    head->points += 10;
    *rest = at;
}

/* `kern  :info  : `, `kern:    info: ` */
static void take_facility(struct span *rest, struct head *head)
{
    struct span at = *rest, facility, level;
    int severity;

    if (at.size < 8 || !span_cut(&at, ':', &facility) || facility.size > 8 ||
        !span_cut(&at, ':', &level) || level.size > 10) {
        return;
    }
    severity = severity_find(span_trim(level));
    if (severity < 0) {
        return;
    }
    head->severity = (enum severity)severity;
    (void)take_blanks(&at);
    head->points += 20;
    *rest = at;
}

/* `[  535.946857 <    0.000123>]`: the time since boot, and since the preceding message */
static bool take_delta(struct span *rest, struct head *head)
{
    struct span at = *rest, end;
    int64_t seconds, decimals;

    if (!take_byte(&at, '[')) {
        return false;
    }
    (void)take_blanks(&at);
    if (!take_digits(&at, 1, 10, &seconds) || !take_byte(&at, '.') ||
        !take_digits(&at, 6, 6, &decimals) || take_blanks(&at) == 0 || !take_byte(&at, '<') ||
        !span_cut(&at, ']', &end) || end.size > 20 || !span_ends(end, SPAN(">"))) {
        return false;
    }
    head->when.monotonic_us = seconds * USEC_PER_SEC + decimals;
    *rest = at;
    return true;
}

/* The text between `[` and `]`: uptime, ctime, a day, a delta, or RFC 3339 (Talos). */
static bool take_bracket(struct span *rest, const struct format_context *context, struct head *head)
{
    static bool (*const forms[])(struct span *, struct logtime *) = { logtime_ctime, logtime_iso,
                                                                      logtime_day };
    struct span at = *rest;
    struct logtime time;
    int64_t seconds, decimals;

    if (logtime_uptime(rest, &head->when.monotonic_us) || take_delta(rest, head)) {
        return true;
    }
    if (!take_byte(&at, '[')) {
        return false;
    }
    for (size_t i = 0; i < N_ELEMENTS(forms); i++) {
        if (forms[i](&at, &time) && take_byte(&at, ']')) {
            head->when = logtime_moment(&time, context);
            *rest = at;
            (void)take_byte(rest, ':');
            return true;
        }
    }
    (void)take_blanks(&at); /* a delta alone does not give the time */
    if (!take_byte(&at, '+') || !take_digits(&at, 1, 6, &seconds) || !take_byte(&at, '.') ||
        !take_digits(&at, 6, 6, &decimals) || !take_byte(&at, ']')) {
        return false;
    }
    *rest = at;
    return true;
}

/* `2026-11-21T03:03:37,000000+00:00`: only dmesg uses the comma. */
static bool take_iso(struct span *rest, const struct format_context *context, struct head *head)
{
    struct span at = *rest;
    struct logtime time;

    if (at.size < 20 || at.data[19] != ',' || !logtime_iso(&at, &time)) {
        return false;
    }
    head->when = logtime_moment(&time, context);
    *rest = at;
    return true;
}

/* `6,1234,5678,-;`: priority, sequence, microseconds, flags */
static bool take_kmsg(struct span *rest, struct head *head)
{
    struct span at = *rest, flags;
    int64_t priority, sequence, us;

    if (!take_digits(&at, 1, 4, &priority) || !take_byte(&at, ',') ||
        !take_digits(&at, 1, 18, &sequence) || !take_byte(&at, ',') ||
        !take_digits(&at, 1, 18, &us) || !take_byte(&at, ',') || !span_cut(&at, ';', &flags) ||
        flags.size > 32 || flags.data + flags.size == rest->data + rest->size) {
        return false;
    }
    head->severity = (enum severity)(priority & 7);
    head->when.monotonic_us = us;
    *rest = at;
    return true;
}

/* `[ T1234] `, `[    C0] `: the thread or the processor that logged it */
static void skip_caller(struct span *rest)
{
    struct span at = *rest;
    int64_t id;

    if (!take_byte(&at, '[')) {
        return;
    }
    (void)take_blanks(&at);
    if ((take_byte(&at, 'T') || take_byte(&at, 'C')) && take_digits(&at, 1, 10, &id) &&
        take_byte(&at, ']') && take_byte(&at, ' ')) {
        *rest = at;
    }
}

static bool take_head(struct span *rest, const struct format_context *context, struct head *head)
{
    struct span at = *rest, stamp;

    *head = (struct head){ .when = MOMENT_UNKNOWN, .severity = SEVERITY_UNKNOWN };
    take_level(&at, head);
    take_facility(&at, head);
    stamp = at;
    if (take_bracket(&at, context, head)) {
        head->points += 20;
    } else if (take_iso(&at, context, head) || take_kmsg(&at, head)) {
        head->points += 30;
    } else {
        return false;
    }
    head->stamp = span_head(stamp, stamp.size - at.size);
    if (at.size && !take_byte(&at, ' ') && head->points < 30) {
        return false;
    }
    skip_caller(&at);
    *rest = at;
    return true;
}

static int score(struct span line)
{
    const struct format_context nothing = { 0 };
    struct head head;

    return take_head(&line, &nothing, &head) ? head.points : BID_NO;
}

static int bid(struct span head)
{
    return line_average(head, score);
}

static bool begins(struct span line)
{
    return !line_continues(line) || score(line);
}

static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    struct head head;

    if (!take_head(&record, context, &head)) {
        return -EBADMSG;
    }
    ret->stamp = head.stamp;
    ret->when = head.when;
    ret->severity = head.severity;
    ret->transport = SPAN("kernel");
    ret->identifier = SPAN("kernel");
    ret->message = record;
    return 1;
}

const struct format format_dmesg = {
    .name = "dmesg",
    .summary = "kernel log: dmesg in all its formats, /dev/kmsg, pstore",
    .spec = "man:dmesg(1)",
    .bid = bid,
    .begins = begins,
    .decode = decode,
};

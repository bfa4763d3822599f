#ifndef NODECAUSE_FORMAT_LOGTIME_H
#define NODECAUSE_FORMAT_LOGTIME_H

#include "base/calendar.h"
#include "entry/entry.h"
#include "format/format.h"

/* A timestamp of a log, with its missing parts unset. */
struct logtime {
    struct civil civil; /* year 0: missing; month 0: no date, only a time of day */
    int zone_minutes;
    bool zone_known;
};

/* Each cuts its format off the start of *rest, which advances past it (following spaces are kept).
 * False with nothing changed if the text does not match or is not a valid time. */
bool logtime_iso(struct span *rest, struct logtime *ret);  /* 2024-06-12T13:46:40,123+02:00, or a
                                                            * space for the T */
bool logtime_full(struct span *rest, struct logtime *ret); /* Wed 2024-06-12 13:46:40 UTC; the
                                                            * zone may be +0430, or missing */
bool logtime_month(struct span *rest,
                   struct logtime *ret); /* Jun 12 13:46:40.123456, month names in many
                                          * languages, optionally with a year */
bool logtime_ctime(struct span *rest, struct logtime *ret); /* Sat Jun 15 10:00:00 2024 */
bool logtime_unix(struct span *rest, struct logtime *ret);  /* 1718200000.000000 */
bool logtime_klog(struct span *rest, struct logtime *ret);  /* 0612 13:46:40.000000 */
bool logtime_clock(struct span *rest, struct logtime *ret); /* 13:46:40.123 */
bool logtime_day(struct span *rest, struct logtime *ret);   /* Nov21 03:03, of `dmesg -H` */
bool logtime_screen(struct span *rest,
                    struct logtime *ret); /* 7/29/2017 11:23:35 PM, of consoles */

/* Seconds since boot, in brackets as printed by the kernel: `[    1.234567]`. */
bool logtime_uptime(struct span *rest, int64_t *ret_us);

/* The time, with missing parts taken from the context. TIME_UNKNOWN without a date. The monotonic
 * time is not set. */
struct moment logtime_moment(const struct logtime *time, const struct format_context *context);

/* Parts of headers; each advances *rest past what it cut off. */
bool take_digits(struct span *rest, size_t min, size_t max, int64_t *ret); /* decimal, max <= 18 */
bool take_byte(struct span *rest, char c);
size_t take_blanks(struct span *rest); /* spaces and tabs; returns their number */

#endif

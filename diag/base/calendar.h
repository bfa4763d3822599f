#ifndef NODECAUSE_BASE_CALENDAR_H
#define NODECAUSE_BASE_CALENDAR_H

#include "base/buf.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* Times are int64_t microseconds since 1970-01-01 UTC everywhere. */
#define TIME_UNKNOWN INT64_MIN

enum {
    USEC_PER_SEC = 1000000
};
#define USEC_PER_MINUTE (60LL * USEC_PER_SEC)
#define USEC_PER_HOUR   (60LL * USEC_PER_MINUTE)
#define USEC_PER_DAY    (24LL * USEC_PER_HOUR)

/* A date and time of day as people write it (proleptic Gregorian). */
struct civil {
    int year;   /* 1..9999 */
    int month;  /* 1..12 */
    int day;    /* 1..31 */
    int hour;   /* 0..23 */
    int minute; /* 0..59 */
    int second; /* 0..60; a leap second is counted as second 0 of the next minute */
    int usec;   /* 0..999999 */
};

/* True if all parts are in range and the month has that day. */
bool civil_valid(const struct civil *civil);

/* Microseconds since the epoch, with the civil time taken as UTC. */
int64_t civil_to_us(const struct civil *civil);
struct civil civil_from_us(int64_t us);

/* Month number 1..12 of an English month name or its first three letters, in any case; 0 if
 * invalid. */
int calendar_month(struct span name);

/* Offset from UTC in minutes of a zone as written in logs: Z, UTC, GMT, +02:00, +0200, +02, and the
 * abbreviations defined by RFC 822 (EST EDT CST CDT MST MDT PST PDT). False for all others, which
 * are ambiguous (CST is taken as in RFC 822). */
bool calendar_zone(struct span zone, int *ret_minutes);

/* RFC 3339 with as many decimals as required (0, 3 or 6): `2019-04-07T22:06:29-07:00`. An unknown
 * zone is printed as `-00:00` (RFC 3339 section 4.3). */
void calendar_add_rfc3339(struct buf *buf, int64_t us, int zone_minutes, bool zone_known);

/* A readable duration, rounded to the precision of its size: `3.2 s`, `1 min 30 s`, `2 h 10 min`,
 * `9 days 4 h`. */
void calendar_add_duration(struct buf *buf, int64_t us);

/* Parses `30s`, `5m`, `2h`, `1d`, `250ms`, `1m30s`, as written by Go and systemd; a number without
 * a unit is invalid. */
bool calendar_duration(struct span text, int64_t *ret_us);

#endif

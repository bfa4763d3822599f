#ifndef NODECAUSE_FORMAT_RFC_TIME_H
#define NODECAUSE_FORMAT_RFC_TIME_H

#include "entry/entry.h"

/* Times as programs write them. Each cuts its stamp off the front of `*rest`; true: *ret's time_us,
 * zone and year_known are set (monotonic_us is left alone). False: nothing is changed. */

/* RFC 3339 and what passes for it: `2024-06-02T15:59:24.360483912Z`, `2024-06-02
 * 15:59:24,360+0200`. Without a zone it is read as UTC, zone_known false. */
bool time_rfc3339(struct span *rest, struct moment *ret);

/* RFC 1123 with a numeric zone, as kubectl prints: `Sun, 27 Nov 2016 18:44:52 +0000`. */
bool time_rfc1123(struct span *rest, struct moment *ret);

#endif

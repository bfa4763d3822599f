#ifndef NODECAUSE_INPUT_BUNDLE_CLOCK_H
#define NODECAUSE_INPUT_BUNDLE_CLOCK_H

#include "base/calendar.h"

/* What a support bundle says of the time at which it was written, and of the node's zone and boot: the output of
 * date, timedatectl and uptime, /proc/uptime, a line with a time in ISO 8601, the start and the end in the manifest of
 * sos, and the bundle's own name.
 *
 *   Wed Jun 12 12:14:40 CEST 2024
 *                   Time zone: Europe/Paris (CEST, +0200)
 *   2024-06-12 10:14:40.2 +0000 UTC m=+278.2
 *    10:14:40 up 3 days,  2:11,  1 user,  load average: 0.20, 0.14, 0.09
 *   267134.51 1034200.17
 *   "start_time": "2024-06-12 12:10:02.110000",
 *   support-bundle-2024-06-12T12_14_40 */
struct bundle_clock {
    int64_t collected_us; /* UTC, or in an unknown zone; TIME_UNKNOWN */
    bool is_utc;          /* collected_us is certainly UTC */
    int64_t since_us;     /* when it was begun, or before that; UTC; TIME_UNKNOWN */
    bool zone_known;      /* of the node */
    int zone_minutes;
    int64_t uptime_us;        /* when it was collected; TIME_UNKNOWN */
    int64_t uptime_spread_us; /* how much longer it may be */
};

/* Reads them from the text of all files that may have them. */
void bundle_clock_read(struct span text, struct bundle_clock *ret);

/* Where they do not say the time, the names of the bundle's folder and archive may: `sos.tar.xz!sosreport-n1-2024-06-12-abcdefg/`. */
void bundle_clock_read_name(struct span name, struct bundle_clock *clock);

/* When a boot ended in a crash, by the path of its record: `*ret_us`, UTC, at the earliest, and `*ret_spread_us` how much
 * later that may have been. False: the path does not say. `clock`: of its bundle.
 *
 *   dmesg-efi_pstore-171820003001001                  seconds since 1970, part, count
 *   127.0.0.1-2024-06-12-13:47:10/vmcore-dmesg.txt    when it was saved */
bool bundle_clock_read_crash(struct span path, const struct bundle_clock *clock, int64_t *ret_us,
                             int64_t *ret_spread_us);

#endif

#ifndef NODECAUSE_BASE_YEAR_NEAREST_H
#define NODECAUSE_BASE_YEAR_NEAREST_H

#include <stdint.h>

/* The time in the year that puts it nearest to the middle of a range of times with a year; unchanged
 * when it is in the range or less than a day from it. UTC in microseconds. */
int64_t year_nearest(int64_t time_us, int64_t first_us, int64_t last_us);

#endif

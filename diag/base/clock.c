/* The clocks of this machine; clock_gettime(2). */

#include "base/clock.h"

#include "base/calendar.h"

#include <time.h>

static int64_t clock_us(clockid_t clock)
{
    struct timespec now;

    (void)clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * USEC_PER_SEC + now.tv_nsec / 1000;
}

int64_t clock_monotonic_us(void)
{
    return clock_us(CLOCK_MONOTONIC);
}

int64_t clock_realtime_us(void)
{
    return clock_us(CLOCK_REALTIME);
}

#ifndef NODECAUSE_BASE_CLOCK_H
#define NODECAUSE_BASE_CLOCK_H

#include <stdint.h>

/* The clocks of this machine, in microseconds. They set the pace of following, and print
 * durations. What is found depends on them only for an archive that takes too long (bundle/bundle.h). */

int64_t clock_monotonic_us(void); /* since an arbitrary moment; never goes back */
int64_t clock_realtime_us(void);  /* since 1970-01-01 UTC */

#endif

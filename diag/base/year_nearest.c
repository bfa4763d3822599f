#include "base/year_nearest.h"

#include "base/calendar.h"

#include <stdlib.h>

static const int64_t DAY_US = 24 * 60 * USEC_PER_MINUTE;

static int64_t in_year(int64_t time_us, int year)
{
    struct civil civil = civil_from_us(time_us);

    civil.year = year;
    if (civil.month == 2 && civil.day == 29 && !civil_valid(&civil)) {
        civil.day = 28;
    }
    return civil_to_us(&civil);
}

int64_t year_nearest(int64_t time_us, int64_t first_us, int64_t last_us)
{
    int year = civil_from_us(last_us).year;
    int64_t centre = first_us + (last_us - first_us) / 2;
    int64_t best = in_year(time_us, year);

    if (time_us >= first_us - DAY_US && time_us <= last_us + DAY_US) {
        return time_us;
    }
    for (int other = year - 1; other <= year + 1; other += 2) {
        int64_t candidate = in_year(time_us, other);

        if (llabs(candidate - centre) < llabs(best - centre)) {
            best = candidate;
        }
    }
    return best;
}

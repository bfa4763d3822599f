/* Dates and durations: the proleptic Gregorian calendar, and zones as written in logs.
 * RFC 3339 and RFC 822 section 5; `2019-04-07T22:06:29-07:00`, `1m30s`. */

#include "base/calendar.h"

#include "base/arithmetic.h"
#include "base/cleanup.h"

#include <strings.h>

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_of_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return days[month - 1] + (month == 2 && is_leap(year));
}

static bool in_range(int value, int low, int high)
{
    return value >= low && value <= high;
}

bool civil_valid(const struct civil *civil)
{
    return in_range(civil->year, 1, 9999) && in_range(civil->month, 1, 12) &&
           in_range(civil->day, 1, days_of_month(civil->year, civil->month)) &&
           in_range(civil->hour, 0, 23) && in_range(civil->minute, 0, 59) &&
           in_range(civil->second, 0, 60) && in_range(civil->usec, 0, USEC_PER_SEC - 1);
}

/* Days since 1970-01-01. Years start in March here, so that the leap day is the last day of the
 * year; all eras of 400 years have 146097 days. */
static int64_t days_from_civil(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = y / 400; /* years are positive */
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

int64_t civil_to_us(const struct civil *civil)
{
    return days_from_civil(civil->year, civil->month, civil->day) * USEC_PER_DAY +
           civil->hour * USEC_PER_HOUR + civil->minute * USEC_PER_MINUTE +
           civil->second * (int64_t)USEC_PER_SEC + civil->usec;
}

static int64_t divide_down(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

struct civil civil_from_us(int64_t us)
{
    int64_t days = divide_down(us, USEC_PER_DAY);
    int64_t rest = us - days * USEC_PER_DAY;
    int64_t era = divide_down(days + 719468, 146097);
    int64_t day_of_era = days + 719468 - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (int)((5 * day_of_year + 2) / 153); /* 0 is March */

    return (struct civil){
        .year = (int)(year_of_era + era * 400 + (month >= 10)),
        .month = month < 10 ? month + 3 : month - 9,
        .day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
        .hour = (int)(rest / USEC_PER_HOUR),
        .minute = (int)(rest / USEC_PER_MINUTE % 60),
        .second = (int)(rest / USEC_PER_SEC % 60),
        .usec = (int)(rest % USEC_PER_SEC),
    };
}

static bool equal_caseless(struct span span, const char *string)
{
    return span.size == strlen(string) && strncasecmp(span.data, string, span.size) == 0;
}

int calendar_month(struct span name)
{
    static const char *const months[] = { "January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December" };

    for (int i = 0; i < 12 && name.size >= 3; i++) {
        if ((name.data[0] | 0x20) == (months[i][0] | 0x20) &&
            (equal_caseless(name, months[i]) ||
             (name.size == 3 && strncasecmp(name.data, months[i], 3) == 0))) {
            return i + 1;
        }
    }
    return 0;
}

/* `+02`, `+0200`, `+02:00` */
static bool numeric_zone(struct span zone, int *ret_minutes)
{
    struct span digits = span_skip(zone, 1);
    uint64_t hours, minutes = 0;

    if (zone.size < 3 || (zone.data[0] != '+' && zone.data[0] != '-')) {
        return false;
    }
    if (digits.size == 5 && digits.data[2] == ':') {
        if (!span_to_uint(span_skip(digits, 3), &minutes)) {
            return false;
        }
    } else if (digits.size == 4) {
        if (!span_to_uint(span_skip(digits, 2), &minutes)) {
            return false;
        }
    } else if (digits.size != 2) {
        return false;
    }
    if (!span_to_uint(span_head(digits, 2), &hours) || hours > 23 || minutes > 59) {
        return false;
    }
    *ret_minutes = (int)(hours * 60 + minutes) * (zone.data[0] == '-' ? -1 : 1);
    return true;
}

bool calendar_zone(struct span zone, int *ret_minutes)
{
    static const struct {
        const char *name;
        int minutes;
    } names[] = {
        { "Z", 0 },      { "UTC", 0 },    { "GMT", 0 },    { "UT", 0 },
        { "EST", -300 }, { "EDT", -240 }, { "CST", -360 }, { "CDT", -300 },
        { "MST", -420 }, { "MDT", -360 }, { "PST", -480 }, { "PDT", -420 },
    };

    for (size_t i = 0; i < N_ELEMENTS(names); i++) {
        if (span_is(zone, names[i].name)) {
            *ret_minutes = names[i].minutes;
            return true;
        }
    }
    return numeric_zone(zone, ret_minutes);
}

void calendar_add_rfc3339(struct buf *buf, int64_t us, int zone_minutes, bool zone_known)
{
    struct civil c = civil_from_us(us + (zone_known ? zone_minutes * USEC_PER_MINUTE : 0));
    int minutes = zone_minutes < 0 ? -zone_minutes : zone_minutes;

    buf_printf(buf, "%04d-%02d-%02dT%02d:%02d:%02d", c.year, c.month, c.day, c.hour, c.minute,
               c.second);
    if (c.usec % 1000) {
        buf_printf(buf, ".%06d", c.usec);
    } else if (c.usec) {
        buf_printf(buf, ".%03d", c.usec / 1000);
    }
    if (!zone_known) {
        buf_add_string(buf, "-00:00");
    } else if (minutes == 0) {
        buf_add_byte(buf, 'Z');
    } else {
        buf_printf(buf, "%c%02d:%02d", zone_minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
    }
}

/* To the precision that people want at that size. */
static int64_t round_duration(int64_t us)
{
    int64_t unit = us < USEC_PER_SEC / 10   ? 1000
                   : us < 10 * USEC_PER_SEC ? USEC_PER_SEC / 10
                   : us < USEC_PER_HOUR     ? USEC_PER_SEC
                   : us < 2 * USEC_PER_DAY  ? USEC_PER_MINUTE
                                            : USEC_PER_HOUR;

    return us > INT64_MAX - unit ? us : (us + unit / 2) / unit * unit;
}

static void add_seconds(struct buf *buf, int64_t us)
{
    int tenths = (int)(us / (USEC_PER_SEC / 10));

    if (us > 0 && tenths == 0) {
        buf_printf(buf, "%d ms", (int)(us / 1000));
    } else if (tenths % 10) {
        buf_printf(buf, "%d.%d s", tenths / 10, tenths % 10);
    } else {
        buf_printf(buf, "%d s", tenths / 10);
    }
}

/* `1 min 30 s`, `2 h`: the smaller one only where it is not 0. */
static void add_two_units(struct buf *buf, int64_t larger, const char *larger_name, int64_t smaller,
                          const char *smaller_name)
{
    buf_printf(buf, "%lld %s", (long long)larger, larger_name);
    if (smaller) {
        buf_printf(buf, " %lld %s", (long long)smaller, smaller_name);
    }
}

void calendar_add_duration(struct buf *buf, int64_t us)
{
    if (us < 0) {
        buf_add_byte(buf, '-');
        us = us == INT64_MIN ? INT64_MAX : -us;
    }
    us = round_duration(us);
    if (us < USEC_PER_MINUTE) {
        add_seconds(buf, us);
    } else if (us < USEC_PER_HOUR) {
        add_two_units(buf, us / USEC_PER_MINUTE, "min", us / USEC_PER_SEC % 60, "s");
    } else if (us < 2 * USEC_PER_DAY) {
        add_two_units(buf, us / USEC_PER_HOUR, "h", us / USEC_PER_MINUTE % 60, "min");
    } else {
        add_two_units(buf, us / USEC_PER_DAY, "days", us / USEC_PER_HOUR % 24, "h");
    }
}

static bool unit_us(struct span unit, int64_t *ret)
{
    static const struct {
        const char *name;
        int64_t us;
    } units[] = {
        { "us", 1 },
        { "\xc2\xb5s", 1 }, /* micro sign, as printed by Go */
        { "ms", 1000 },
        { "s", USEC_PER_SEC },
        { "sec", USEC_PER_SEC },
        { "m", USEC_PER_MINUTE },
        { "min", USEC_PER_MINUTE },
        { "h", USEC_PER_HOUR },
        { "hr", USEC_PER_HOUR },
        { "d", USEC_PER_DAY },
        { "day", USEC_PER_DAY },
        { "days", USEC_PER_DAY },
        { "w", 7 * USEC_PER_DAY },
    };

    for (size_t i = 0; i < N_ELEMENTS(units); i++) {
        if (span_is(unit, units[i].name)) {
            *ret = units[i].us;
            return true;
        }
    }
    return false;
}

static size_t n_digits(struct span text)
{
    size_t n = 0;

    while (n < text.size && is_digit(text.data[n])) {
        n++;
    }
    return n;
}

/* The decimals after the point, in units of `unit`. */
static int64_t fraction_us(struct span digits, int64_t unit)
{
    int64_t us = 0;

    for (size_t i = 0; i < digits.size && unit >= 10; i++) {
        unit /= 10;
        us += (digits.data[i] - '0') * unit;
    }
    return us;
}

/* Cuts one component such as `1.5h` off the start of *text. */
static bool take_duration(struct span *text, int64_t *ret)
{
    struct span whole = span_head(*text, n_digits(*text)), decimals = { 0 }, rest, unit;
    uint64_t number;
    int64_t each;
    size_t n = 0;

    rest = span_skip(*text, whole.size);
    if (rest.size && rest.data[0] == '.') {
        rest = span_skip(rest, 1);
        decimals = span_head(rest, n_digits(rest));
        rest = span_skip(rest, decimals.size);
    }
    while (n < rest.size && !is_digit(rest.data[n]) && rest.data[n] != ' ') {
        n++;
    }
    unit = span_head(rest, n);
    if (!span_to_uint(whole, &number) || !unit_us(unit, &each) || number > INT64_MAX ||
        MUL_OVERFLOWS((int64_t)number, each, ret) ||
        ADD_OVERFLOWS(*ret, fraction_us(decimals, each), ret)) {
        return false;
    }
    *text = span_skip(rest, n);
    return true;
}

bool calendar_duration(struct span text, int64_t *ret_us)
{
    int64_t total = 0;

    text = span_trim(text);
    if (text.size == 0) {
        return false;
    }
    while (text.size) {
        int64_t part;

        if (!take_duration(&text, &part) || ADD_OVERFLOWS(total, part, &total)) {
            return false;
        }
        text = span_trim(text);
    }
    *ret_us = total;
    return true;
}

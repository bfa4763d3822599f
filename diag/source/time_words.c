/* Times in the arguments of -S and -U; systemd.time(7).
 *
 *   yesterday
 *   2026-11-20 10:00 UTC
 *   2 hours 30min ago
 */

#include "source/time_words.h"

#include "base/arithmetic.h"
#include "base/calendar.h"
#include "base/span.h"

#include <ctype.h>
#include <errno.h>
#include <strings.h>
#include <time.h>

#define USEC_PER_YEAR  (31557600LL * USEC_PER_SEC) /* 365.25 days, as in systemd */
#define USEC_PER_MONTH (USEC_PER_YEAR / 12)

static const struct unit {
    const char *name;
    int64_t us;
} units[] = {
    { "s", USEC_PER_SEC },
    { "sec", USEC_PER_SEC },
    { "second", USEC_PER_SEC },
    { "seconds", USEC_PER_SEC },
    { "m", USEC_PER_MINUTE },
    { "min", USEC_PER_MINUTE },
    { "minute", USEC_PER_MINUTE },
    { "minutes", USEC_PER_MINUTE },
    { "h", USEC_PER_HOUR },
    { "hr", USEC_PER_HOUR },
    { "hour", USEC_PER_HOUR },
    { "hours", USEC_PER_HOUR },
    { "d", USEC_PER_DAY },
    { "day", USEC_PER_DAY },
    { "days", USEC_PER_DAY },
    { "w", 7 * USEC_PER_DAY },
    { "week", 7 * USEC_PER_DAY },
    { "weeks", 7 * USEC_PER_DAY },
    { "M", USEC_PER_MONTH },
    { "month", USEC_PER_MONTH },
    { "months", USEC_PER_MONTH },
    { "y", USEC_PER_YEAR },
    { "year", USEC_PER_YEAR },
    { "years", USEC_PER_YEAR },
    { "ms", 1000 },
    { "msec", 1000 },
    { "us", 1 },
    { "usec", 1 },
    { "\u00b5s", 1 }, /* micro sign */
    { "\u03bcs", 1 }, /* Greek mu */
};

static const char *const weekdays[] = { "Sunday",   "Monday", "Tuesday", "Wednesday",
                                        "Thursday", "Friday", "Saturday" };

static bool cut_prefix(struct span *text, const char *prefix)
{
    if (!span_starts(*text, span_of(prefix))) {
        return false;
    }
    *text = span_skip(*text, strlen(prefix));
    return true;
}

static bool cut_suffix(struct span *text, const char *suffix)
{
    if (!span_ends(*text, span_of(suffix))) {
        return false;
    }
    text->size -= strlen(suffix);
    return true;
}

static bool at_digit(struct span text)
{
    return text.size && isdigit((unsigned char)text.data[0]);
}

static void skip_blanks(struct span *text)
{
    while (text->size && (text->data[0] == ' ' || text->data[0] == '\t')) {
        *text = span_skip(*text, 1);
    }
}

/* Up to `width` digits. */
static bool cut_number(struct span *text, size_t width, int *ret)
{
    size_t n = 0;
    int number = 0;

    for (; n < width && at_digit(span_skip(*text, n)); n++) {
        number = number * 10 + (text->data[n] - '0');
    }
    if (n == 0) {
        return false;
    }
    *text = span_skip(*text, n);
    *ret = number;
    return true;
}

/* The digits after a decimal point, in millionths; further digits are ignored. */
static bool cut_fraction(struct span *text, int *ret_millionths)
{
    int millionths = 0;
    size_t n = 0;

    if (!at_digit(*text)) {
        return false;
    }
    for (; at_digit(*text); *text = span_skip(*text, 1)) {
        if (n++ < 6) {
            millionths = millionths * 10 + (text->data[0] - '0');
        }
    }
    for (; n < 6; n++) {
        millionths *= 10;
    }
    *ret_millionths = millionths;
    return true;
}

/* The letters at the start, as a unit; without letters: seconds. */
static bool cut_unit(struct span *text, int64_t *ret_us)
{
    size_t n = 0;

    while (n < text->size && text->data[n] != ' ' && text->data[n] != '\t' &&
           !at_digit(span_skip(*text, n))) {
        n++;
    }
    *ret_us = USEC_PER_SEC;
    for (size_t i = 0; n && i < N_ELEMENTS(units); i++) {
        if (span_is(span_head(*text, n), units[i].name)) {
            *ret_us = units[i].us;
            *text = span_skip(*text, n);
            return true;
        }
    }
    return n == 0;
}

/* `2h`, `1.5 hours`, `5`: one number with its unit. */
static bool cut_term(struct span *text, int64_t *ret_us)
{
    int64_t number = 0, unit, us;
    int millionths = 0;

    if (!at_digit(*text) && !span_starts(*text, SPAN("."))) {
        return false;
    }
    for (; at_digit(*text); *text = span_skip(*text, 1)) {
        if (MUL_OVERFLOWS(number, 10, &number) ||
            ADD_OVERFLOWS(number, text->data[0] - '0', &number)) {
            return false;
        }
    }
    if (cut_prefix(text, ".") && !cut_fraction(text, &millionths)) {
        return false;
    }
    skip_blanks(text);
    if (!cut_unit(text, &unit) || MUL_OVERFLOWS(number, unit, &us)) {
        return false;
    }
    return !ADD_OVERFLOWS(us, (int64_t)((double)unit * millionths / 1e6), ret_us);
}

/* `2h`, `2 hours 30min`: terms are added. */
static bool duration(struct span text, int64_t *ret_us)
{
    int64_t sum = 0, us;

    text = span_trim(text);
    if (span_empty(text)) {
        return false;
    }
    for (; text.size; skip_blanks(&text)) {
        if (!cut_term(&text, &us) || ADD_OVERFLOWS(sum, us, &sum)) {
            return false;
        }
    }
    *ret_us = sum;
    return true;
}

static bool relative(struct span text, int64_t now_us, int64_t *ret_us)
{
    int64_t us;

    if (cut_prefix(&text, "+") || cut_suffix(&text, " left")) {
        return duration(text, &us) && !ADD_OVERFLOWS(now_us, us, ret_us);
    }
    if (!cut_prefix(&text, "-") && !cut_suffix(&text, " ago")) {
        return false;
    }
    if (!duration(text, &us)) {
        return false;
    }
    *ret_us = us < now_us ? now_us - us : 0; /* systemd's times start in 1970 */
    return true;
}

/* The zone of a time: UTC, a fixed offset, or this machine's zone. */
struct zone {
    bool fixed;
    int minutes;
};

static struct zone cut_zone(struct span *text)
{
    struct zone zone = { 0 };
    struct span rest = *text;
    size_t n = 0;

    if (cut_suffix(text, " UTC") ||
        (rest.size > 1 && isdigit((unsigned char)rest.data[0]) && cut_suffix(text, "Z"))) {
        return (struct zone){ .fixed = true };
    }
    while (n < rest.size && rest.data[n] != ':') {
        n++;
    }
    for (; n < rest.size; n++) { /* in RFC 3339 the offset follows the time of day */
        if ((rest.data[n] == '+' || rest.data[n] == '-') &&
            calendar_zone(span_skip(rest, n), &zone.minutes)) {
            zone.fixed = true;
            text->size = n;
            break;
        }
    }
    return zone;
}

static struct civil civil_at(int64_t us, struct zone zone)
{
    time_t seconds = (time_t)(us / USEC_PER_SEC);
    struct tm tm = { 0 };

    if (zone.fixed) {
        return civil_from_us(us + zone.minutes * USEC_PER_MINUTE);
    }
    (void)localtime_r(&seconds, &tm);
    return (struct civil){ .year = tm.tm_year + 1900,
                           .month = tm.tm_mon + 1,
                           .day = tm.tm_mday,
                           .hour = tm.tm_hour,
                           .minute = tm.tm_min,
                           .second = tm.tm_sec,
                           .usec = (int)(us % USEC_PER_SEC) };
}

static bool civil_in_zone(const struct civil *civil, struct zone zone, int64_t *ret_us)
{
    struct tm tm = { .tm_year = civil->year - 1900,
                     .tm_mon = civil->month - 1,
                     .tm_mday = civil->day,
                     .tm_hour = civil->hour,
                     .tm_min = civil->minute,
                     .tm_sec = civil->second,
                     .tm_isdst = -1 };
    time_t seconds;

    if (zone.fixed) {
        *ret_us = civil_to_us(civil) - zone.minutes * USEC_PER_MINUTE;
        return true;
    }
    seconds = mktime(&tm);
    if (seconds == (time_t)-1) {
        return false;
    }
    *ret_us = (int64_t)seconds * USEC_PER_SEC + civil->usec;
    return true;
}

/* `today` and similar words: midnight of that day. The next day is not always 24 hours away. */
static bool day_word(struct span text, int64_t now_us, struct zone zone, int64_t *ret_us)
{
    static const struct {
        const char *word;
        int days;
    } words[] = { { "today", 0 }, { "yesterday", -1 }, { "tomorrow", 1 } };

    for (size_t i = 0; i < N_ELEMENTS(words); i++) {
        if (span_is(text, words[i].word)) {
            struct civil day = civil_at(now_us, zone);
            int64_t noon;

            day.hour = 12;
            day.minute = day.second = day.usec = 0;
            noon = civil_to_us(&day) + words[i].days * USEC_PER_DAY;
            day = civil_from_us(noon);
            day.hour = 0;
            return civil_in_zone(&day, zone, ret_us);
        }
    }
    return false;
}

/* Day of the week before a date, Sunday is 0; -1 without one. */
static bool cut_weekday(struct span *text, int *ret)
{
    struct span rest = *text, word;

    *ret = -1;
    if (at_digit(rest)) {
        return true;
    }
    if (!span_word(&rest, &word)) {
        return false;
    }
    for (int i = 0; i < (int)N_ELEMENTS(weekdays); i++) {
        struct span name = span_of(weekdays[i]);

        if ((word.size == 3 || word.size == name.size) &&
            strncasecmp(word.data, name.data, word.size) == 0) {
            *text = rest;
            skip_blanks(text);
            *ret = i;
            return true;
        }
    }
    return false;
}

/* A two-digit year is read like %y of strptime(3). */
static bool cut_year(struct span *text, int *ret)
{
    size_t size = text->size;

    if (!cut_number(text, 4, ret)) {
        return false;
    }
    if (size - text->size == 2) {
        *ret += *ret < 69 ? 2000 : 1900;
    }
    return *ret >= 1970;
}

static bool cut_date(struct span *text, struct civil *civil)
{
    struct span rest = *text;
    int year, month, day;

    if (!cut_year(&rest, &year) || !cut_prefix(&rest, "-") || !cut_number(&rest, 2, &month) ||
        !cut_prefix(&rest, "-") || !cut_number(&rest, 2, &day)) {
        return false;
    }
    civil->year = year;
    civil->month = month;
    civil->day = day;
    *text = rest;
    return true;
}

/* `10:00`, `10:00:30`, `10:00:30.25`, the whole text. */
static bool time_of_day(struct span text, struct civil *civil)
{
    civil->hour = civil->minute = civil->second = civil->usec = 0;
    if (!cut_number(&text, 2, &civil->hour) || !cut_prefix(&text, ":") ||
        !cut_number(&text, 2, &civil->minute)) {
        return false;
    }
    if (cut_prefix(&text, ":") && !cut_number(&text, 2, &civil->second)) {
        return false;
    }
    if (cut_prefix(&text, ".") && !cut_fraction(&text, &civil->usec)) {
        return false;
    }
    return span_empty(text);
}

static bool written(struct span text, int64_t now_us, struct zone zone, int64_t *ret_us)
{
    struct civil civil = civil_at(now_us, zone);
    int weekday;
    bool dated;

    if (!cut_weekday(&text, &weekday)) {
        return false;
    }
    dated = cut_date(&text, &civil);
    if (dated && (cut_prefix(&text, " ") || cut_prefix(&text, "T"))) {
        skip_blanks(&text);
    } else if (dated && span_empty(text)) {
        text = SPAN("00:00");
    } else if (dated || weekday >= 0) {
        return false;
    }
    if (!time_of_day(text, &civil) || !civil_valid(&civil)) {
        return false;
    }
    if (weekday >= 0) { /* 1970-01-01 was a Thursday */
        int64_t days = civil_to_us(&civil) / USEC_PER_DAY;

        if ((days + 4) % 7 != weekday) {
            return false;
        }
    }
    return civil_in_zone(&civil, zone, ret_us) && *ret_us >= 0;
}

static bool seconds(struct span text, int64_t *ret_us)
{
    return cut_prefix(&text, "@") && at_digit(text) && duration(text, ret_us);
}

int time_words_parse(const char *words, int64_t now_us, int64_t *ret_us, struct error *reterr)
{
    struct span text = span_trim(span_of(words));
    struct zone zone;
    int64_t us;

    if (span_is(text, "now")) {
        *ret_us = now_us;
        return 0;
    }
    if (seconds(text, &us) || relative(text, now_us, &us)) {
        *ret_us = us;
        return 0;
    }
    zone = cut_zone(&text);
    if (!day_word(text, now_us, zone, &us) && !written(text, now_us, zone, &us)) {
        return error_set(
            reterr, -EINVAL,
            "invalid time '%s'; use '2026-11-20 10:00', 'yesterday', '2 hours ago' or '-2h'",
            words);
    }
    *ret_us = us;
    return 0;
}

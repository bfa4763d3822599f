/* Timestamps of logs, in all their formats.
 *
 * strftime(3) for journalctl and dmesg, RFC 3339, klog. Month names depend on the locale of the
 * user who ran the command: `10月 16 09:50:55`, `Okt 16 09:50:55`. */

#include "format/logtime.h"

#include "base/cleanup.h"

bool take_digits(struct span *rest, size_t min, size_t max, int64_t *ret)
{
    int64_t value = 0;
    size_t n = 0;

    while (n < max && n < rest->size && is_digit(rest->data[n])) {
        value = value * 10 + (rest->data[n++] - '0');
    }
    if (n < min) {
        return false;
    }
    *rest = span_skip(*rest, n);
    *ret = value;
    return true;
}

bool take_byte(struct span *rest, char c)
{
    if (rest->size == 0 || rest->data[0] != c) {
        return false;
    }
    *rest = span_skip(*rest, 1);
    return true;
}

size_t take_blanks(struct span *rest)
{
    size_t n = 0;

    while (n < rest->size && (rest->data[n] == ' ' || rest->data[n] == '\t')) {
        n++;
    }
    *rest = span_skip(*rest, n);
    return n;
}

static bool take_int(struct span *rest, size_t min, size_t max, int *ret)
{
    int64_t value;

    if (!take_digits(rest, min, max, &value)) {
        return false;
    }
    *ret = (int)value;
    return true;
}

/* `.123456`, `,123`, `.123456789`: digits beyond microseconds are ignored. */
static bool take_decimals(struct span *rest, int *ret_usec)
{
    static const int scale[] = { 1000000, 100000, 10000, 1000, 100, 10, 1 };
    struct span at = *rest, digits;
    int64_t ignored;
    int value;

    *ret_usec = 0;
    if (!take_byte(&at, '.') && !take_byte(&at, ',')) {
        return true;
    }
    digits = at;
    if (!take_int(&at, 1, 6, &value)) {
        return false;
    }
    *ret_usec = value * scale[digits.size - at.size];
    (void)take_digits(&at, 0, 3, &ignored);
    *rest = at;
    return true;
}

/* 13:46:40, with optional decimals */
static bool take_clock(struct span *rest, struct civil *civil)
{
    return take_int(rest, 1, 2, &civil->hour) && take_byte(rest, ':') &&
           take_int(rest, 2, 2, &civil->minute) && take_byte(rest, ':') &&
           take_int(rest, 2, 2, &civil->second) && take_decimals(rest, &civil->usec);
}

/* 2024-06-12 */
static bool take_date(struct span *rest, struct civil *civil)
{
    return take_int(rest, 4, 4, &civil->year) && take_byte(rest, '-') &&
           take_int(rest, 2, 2, &civil->month) && take_byte(rest, '-') &&
           take_int(rest, 2, 2, &civil->day) && civil->year > 0 && civil->month > 0;
}

/* A sequence of letters of any script. */
static struct span take_letters(struct span *rest)
{
    struct span from = *rest;
    size_t n = 0;

    while (n < from.size) {
        unsigned char c = (unsigned char)from.data[n];

        if (!(c >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) {
            break;
        }
        n++;
    }
    *rest = span_skip(from, n);
    return span_head(from, n);
}

static bool plausible(const struct logtime *time)
{
    struct civil civil = time->civil;

    if (civil.year == 0) {
        civil.year = 2000; /* a leap year, in which every possible day exists */
    }
    if (civil.month == 0) {
        civil.month = civil.day = 1;
    }
    return civil_valid(&civil);
}

/* Sets the result if it is a valid time. */
static bool finish(struct span at, const struct logtime *time, struct span *rest,
                   struct logtime *ret)
{
    if (!plausible(time)) {
        return false;
    }
    *rest = at;
    *ret = *time;
    return true;
}

static bool is_offset_byte(char c)
{
    return is_digit(c) || c == 'Z' || c == '+' || c == '-' || c == ':';
}

/* Z or an offset directly after a time; optional. */
static void take_offset(struct span *rest, struct logtime *time)
{
    size_t n = 0;

    while (n < rest->size && n < 6 && is_offset_byte(rest->data[n])) {
        n++;
    }
    for (; n > 0; n--) {
        if (calendar_zone(span_head(*rest, n), &time->zone_minutes)) {
            time->zone_known = true;
            *rest = span_skip(*rest, n);
            return;
        }
    }
}

static bool is_abbreviation(struct span word)
{
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] < 'A' || word.data[i] > 'Z') {
            return false;
        }
    }
    return word.size >= 3 && word.size <= 5;
}

/* A zone as a separate word: ` UTC`, ` +0430`, ` PDT,`. An unknown abbreviation is accepted too,
 * and the zone stays unknown. */
static void take_zone_word(struct span *rest, struct logtime *time)
{
    struct span at = *rest, word;
    size_t n = 0;

    (void)take_blanks(&at);
    while (n < at.size && n < 8 && !strchr(" \t,;.\n", at.data[n]) && at.data[n]) {
        n++;
    }
    word = span_head(at, n);
    if (calendar_zone(word, &time->zone_minutes)) {
        time->zone_known = true;
    } else if (!is_abbreviation(word)) {
        return;
    }
    *rest = span_skip(at, n);
}

bool logtime_iso(struct span *rest, struct logtime *ret)
{
    struct logtime time = { 0 };
    struct span at = *rest;

    if (!take_date(&at, &time.civil) || !(take_byte(&at, 'T') || take_byte(&at, ' ')) ||
        !take_clock(&at, &time.civil)) {
        return false;
    }
    take_offset(&at, &time);
    return finish(at, &time, rest, ret);
}

bool logtime_full(struct span *rest, struct logtime *ret)
{
    struct logtime time = { 0 };
    struct span at = *rest;

    if (take_letters(&at).size == 0) {
        return false;
    }
    (void)take_byte(&at, '.');
    if (take_blanks(&at) != 1 || !logtime_iso(&at, &time)) {
        return false;
    }
    if (!time.zone_known) {
        take_zone_word(&at, &time);
    }
    return finish(at, &time, rest, ret);
}

/* Abbreviated month names of glibc's locales, except the English ones. Names that two languages use
 * for different months are omitted. */
static int foreign_month(struct span name)
{
    enum {
        SHORTEST = 3
    };
    static const char *const names[12] = {
        "janv ene gen sty led Jän jän янв Янв січ ian",
        "févr fev lut úno febr фев Фев лют",
        "mars mär Mär Mrz mrz mrt maa мар Мар бер bře",
        "avr avril abr kwi dub апр Апр кві nis",
        "mai Mai mei maj mag май Май мая Мая тра kvě",
        "juin giu cze июн Июн чер čen haz",
        "juil lug июл Июл čec tem",
        "août ago Ago sie авг Авг сер srp aug",
        "sept set wrz сен Сен вер zář eyl",
        "okt Okt out ott paź окт Окт жов říj eki",
        "ноя Ноя kas",
        "déc dez Dez dic gru дек Дек pro ara",
    };

    for (int month = 0; month < 12 && name.size >= SHORTEST; month++) {
        struct span rest = span_of(names[month]), word;

        while (span_word(&rest, &word)) {
            if (span_equal(word, name)) {
                return month + 1;
            }
        }
    }
    return 0;
}

/* True if a day can be here: most lines that begin with a word have none after it. */
static bool may_be_day(struct span text)
{
    return take_blanks(&text) <= 2 && text.size && is_digit(text.data[0]);
}

/* `Jun`, `juil.`, `10月` */
static bool take_month(struct span *rest, struct civil *civil)
{
    struct span name;

    if (rest->size && is_digit(rest->data[0])) {
        if (!take_int(rest, 1, 2, &civil->month)) {
            return false;
        }
        name = take_letters(rest);
        return civil->month > 0 && (span_is(name, "月") || span_is(name, "월"));
    }
    name = take_letters(rest);
    (void)take_byte(rest, '.');
    civil->month = calendar_month(name);
    if (civil->month == 0 && may_be_day(*rest)) {
        civil->month = foreign_month(name);
    }
    return civil->month > 0;
}

/* `12`, ` 2`, `16日` */
static bool take_day(struct span *rest, struct civil *civil)
{
    if (!take_int(rest, 1, 2, &civil->day)) {
        return false;
    }
    if (span_starts(*rest, SPAN("日")) || span_starts(*rest, SPAN("일"))) {
        *rest = span_skip(*rest, 3);
    }
    return true;
}

bool logtime_month(struct span *rest, struct logtime *ret)
{
    struct logtime time = { 0 };
    struct span at = *rest, year;

    if (!take_month(&at, &time.civil) || take_blanks(&at) > 2 || !take_day(&at, &time.civil) ||
        take_blanks(&at) == 0) {
        return false;
    }
    year = at;
    if (take_int(&year, 4, 4, &time.civil.year) && take_blanks(&year) == 1) {
        at = year;
    } else {
        time.civil.year = 0;
    }
    if (!take_clock(&at, &time.civil)) {
        return false;
    }
    take_offset(&at, &time);
    return finish(at, &time, rest, ret);
}

bool logtime_ctime(struct span *rest, struct logtime *ret)
{
    struct logtime time;
    struct span at = *rest;

    if (take_letters(&at).size == 0) {
        return false;
    }
    (void)take_byte(&at, '.');
    if (take_blanks(&at) == 0 || !logtime_month(&at, &time) || take_blanks(&at) != 1 ||
        !take_int(&at, 4, 4, &time.civil.year) || time.civil.year == 0) {
        return false;
    }
    return finish(at, &time, rest, ret);
}

bool logtime_unix(struct span *rest, struct logtime *ret)
{
    struct logtime time = { .zone_known = true };
    struct span at = *rest;
    int64_t seconds;
    int usec;

    /* Ten digits: from September 2001 until 2286. */
    if (!take_digits(&at, 10, 10, &seconds) || at.size == 0 || at.data[0] != '.' ||
        !take_decimals(&at, &usec)) {
        return false;
    }
    time.civil = civil_from_us(seconds * USEC_PER_SEC + usec);
    return finish(at, &time, rest, ret);
}

bool logtime_klog(struct span *rest, struct logtime *ret)
{
    struct logtime time = { 0 };
    struct span at = *rest;

    if (!take_int(&at, 2, 2, &time.civil.month) || !take_int(&at, 2, 2, &time.civil.day) ||
        time.civil.month == 0 || take_blanks(&at) == 0 || !take_clock(&at, &time.civil)) {
        return false;
    }
    return finish(at, &time, rest, ret);
}

bool logtime_clock(struct span *rest, struct logtime *ret)
{
    struct logtime time = { 0 };
    struct span at = *rest;

    return take_clock(&at, &time.civil) && finish(at, &time, rest, ret);
}

bool logtime_day(struct span *rest, struct logtime *ret)
{
    struct logtime time = { 0 };
    struct span at = *rest;

    time.civil.month = calendar_month(take_letters(&at));
    if (time.civil.month == 0 || !take_int(&at, 1, 2, &time.civil.day) || !take_byte(&at, ' ') ||
        !take_int(&at, 2, 2, &time.civil.hour) || !take_byte(&at, ':') ||
        !take_int(&at, 2, 2, &time.civil.minute)) {
        return false;
    }
    return finish(at, &time, rest, ret);
}

bool logtime_screen(struct span *rest, struct logtime *ret)
{
    struct logtime time = { 0 };
    struct civil *civil = &time.civil;
    struct span at = *rest;
    bool afternoon;

    if (!take_int(&at, 1, 2, &civil->month) || !take_byte(&at, '/') ||
        !take_int(&at, 1, 2, &civil->day) || !take_byte(&at, '/') ||
        !take_int(&at, 4, 4, &civil->year) || civil->year == 0 || civil->month == 0) {
        return false;
    }
    (void)take_byte(&at, ',');
    if (!take_byte(&at, ' ') || !take_clock(&at, civil) || !take_byte(&at, ' ')) {
        return false;
    }
    afternoon = span_starts(at, SPAN("PM"));
    if ((!afternoon && !span_starts(at, SPAN("AM"))) || civil->hour > 12) {
        return false;
    }
    civil->hour = civil->hour % 12 + 12 * afternoon;
    return finish(span_skip(at, 2), &time, rest, ret);
}

bool logtime_uptime(struct span *rest, int64_t *ret_us)
{
    struct span at = *rest;
    int64_t seconds;
    int usec;

    if (!take_byte(&at, '[')) {
        return false;
    }
    (void)take_blanks(&at);
    if (!take_digits(&at, 1, 10, &seconds) || at.size == 0 || at.data[0] != '.' ||
        !take_decimals(&at, &usec) || !take_byte(&at, ']')) {
        return false;
    }
    *rest = at;
    *ret_us = seconds * USEC_PER_SEC + usec;
    return true;
}

/* The year of a time without one: not after the end of the input, and a year that has such a day.
 */
static int year_of(const struct civil *civil, const struct format_context *context)
{
    struct civil guess = *civil;

    if (context->year == 0) {
        return 2000;
    }
    guess.year = context->year - (civil->month > context->year_month);
    while (!civil_valid(&guess) && guess.year > context->year - 8) {
        guess.year--;
    }
    return civil_valid(&guess) ? guess.year : 2000;
}

struct moment logtime_moment(const struct logtime *time, const struct format_context *context)
{
    struct moment moment = MOMENT_UNKNOWN;
    struct civil civil = time->civil;

    if (civil.month == 0) {
        return moment;
    }
    moment.year_known = civil.year > 0 || context->year > 0;
    moment.year_guessed = civil.year == 0 && context->year_guessed;
    if (civil.year == 0) {
        civil.year = year_of(&civil, context);
    }
    moment.zone_known = time->zone_known || context->zone_known;
    if (moment.zone_known) {
        moment.zone_minutes =
            (int16_t)(time->zone_known ? time->zone_minutes : context->zone_minutes);
    }
    moment.time_us = civil_to_us(&civil) - moment.zone_minutes * USEC_PER_MINUTE;
    return moment;
}

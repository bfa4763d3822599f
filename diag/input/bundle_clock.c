#include "input/bundle_clock.h"

#include "format/logtime.h"

/* The text after the first of these words; false: they are not in the line. */
static bool skip_past(struct span *line, struct span words)
{
    ptrdiff_t at = span_find(*line, words);

    if (at < 0) {
        return false;
    }
    *line = span_trim(span_skip(*line, (size_t)at + words.size));
    return true;
}

/* --- the zone --- */

/* `Time zone: Europe/Paris (CEST, +0200)` */
static void read_zone(struct span line, struct bundle_clock *clock)
{
    struct span word;

    if (!skip_past(&line, SPAN("ime zone: "))) {
        return;
    }
    if (skip_past(&line, SPAN("(")) && skip_past(&line, SPAN(", ")) &&
        span_cut(&line, ')', &word) && calendar_zone(word, &clock->zone_minutes)) {
        clock->zone_known = true;
    }
}

/* --- the time --- */

/* Of several, the last: a collector notes its start, and its end. */
/* What is in an unknown zone may be so much later in UTC than it reads, or earlier. */
static const int64_t ZONE_MAX_US = 14 * USEC_PER_HOUR;

static void take_time(struct bundle_clock *clock, const struct logtime *time, bool is_node)
{
    int64_t time_us = civil_to_us(&time->civil);
    bool zone_known = time->zone_known;

    if (zone_known) {
        time_us -= time->zone_minutes * USEC_PER_MINUTE;
    } else if (is_node && clock->zone_known) {
        time_us -= clock->zone_minutes * USEC_PER_MINUTE;
        zone_known = true;
    }
    if (time->civil.year == 0 || (clock->is_utc && !zone_known)) {
        return;
    }
    if (clock->collected_us == TIME_UNKNOWN || (zone_known && !clock->is_utc)) {
        clock->collected_us = clock->since_us = time_us;
        clock->is_utc = zone_known;
    }
    clock->collected_us = time_us > clock->collected_us ? time_us : clock->collected_us;
    clock->since_us = time_us < clock->since_us ? time_us : clock->since_us;
}

/* `12:14:40`, `12:14:40 PM` */
static bool cut_hour(struct span *line, struct civil *civil)
{
    struct logtime clock;
    struct span rest, word;

    if (!logtime_clock(line, &clock)) {
        return false;
    }
    civil->hour = clock.civil.hour;
    civil->minute = clock.civil.minute;
    civil->second = clock.civil.second;
    rest = *line;
    if (span_word(&rest, &word) && (span_is(word, "AM") || span_is(word, "PM"))) {
        civil->hour = civil->hour % 12 + (word.data[0] == 'P' ? 12 : 0);
        *line = rest;
    }
    return true;
}

static bool cut_number(struct span *line, int most, int *ret)
{
    struct span rest = *line, word;
    int64_t value;

    if (!span_word(&rest, &word) || !span_to_int(word, &value) || value < 1 || value > most) {
        return false;
    }
    *line = rest;
    *ret = (int)value;
    return true;
}

static bool cut_month(struct span *line, int *ret)
{
    struct span rest = *line, word;

    if (!span_word(&rest, &word) || !(*ret = calendar_month(word))) {
        return false;
    }
    *line = rest;
    return true;
}

/* As date prints it: `Wed Jun 12 12:14:40 CEST 2024`, `Wed 12 Jun 2024 12:14:40 PM UTC`, or
 * `Wed Jun 12 12:14:40 PM UTC 2024`. */
static bool read_date(struct span line, struct logtime *ret)
{
    struct civil *civil = &ret->civil;
    struct span word;
    bool has_year;

    *ret = (struct logtime){ 0 };
    if (!span_word(&line, &word)) {
        return false;
    }
    if (!(cut_month(&line, &civil->month) && cut_number(&line, 31, &civil->day)) &&
        !(cut_number(&line, 31, &civil->day) && cut_month(&line, &civil->month))) {
        return false;
    }
    has_year = cut_number(&line, 9999, &civil->year);
    line = span_trim(line);
    if (!cut_hour(&line, civil) || !span_word(&line, &word)) {
        return false;
    }
    ret->zone_known = calendar_zone(word, &ret->zone_minutes);
    return (has_year || cut_number(&line, 9999, &civil->year)) && civil_valid(civil);
}

/* `2024-06-12 10:14:40.2 +0000 UTC m=+278.2`, `2024-06-12T10:14:40Z` */
static bool read_iso(struct span line, struct logtime *ret)
{
    struct span word;

    if (!logtime_iso(&line, ret)) {
        return false;
    }
    if (!ret->zone_known && span_word(&line, &word)) {
        ret->zone_known = calendar_zone(word, &ret->zone_minutes);
    }
    return true;
}

/* `"start_time": "2024-06-12 12:10:02.110000",` */
static bool read_member(struct span line, struct logtime *ret)
{
    static const char *const names[] = { "\"start_time\":", "\"end_time\":" };

    for (size_t i = 0; i < N_ELEMENTS(names); i++) {
        struct span text = line;

        if (span_starts(line, span_of(names[i])) && skip_past(&text, SPAN(": \"")) &&
            logtime_iso(&text, ret)) {
            return true;
        }
    }
    return false;
}

/* --- how long the node has been running --- */

/* `267134.51 1034200.17` of /proc/uptime */
static bool read_proc_uptime(struct span line, int64_t *ret_us)
{
    struct span word, other, seconds;
    int64_t value;

    if (!span_word(&line, &word) || !span_word(&line, &other) || !span_empty(span_trim(line)) ||
        span_find_byte(other, '.') < 0 || !span_cut(&word, '.', &seconds) ||
        !span_to_int(seconds, &value) || value > INT64_MAX / USEC_PER_SEC / 2 || word.size != 2) {
        return false;
    }
    *ret_us = value * USEC_PER_SEC;
    return true;
}

/* `3 days,  2:11,` or `11 min,` or `2:11,` after `up`. */
static bool read_up(struct span line, int64_t *ret_us)
{
    struct span part;
    int64_t value, hours, minutes;
    bool found = false;

    *ret_us = 0;
    for (int i = 0; i < 2 && span_cut(&line, ',', &part); i++) {
        part = span_trim(part);
        if (!take_digits(&part, 1, 6, &value)) {
            return found;
        }
        hours = value;
        if (span_starts(part, SPAN(" day"))) {
            *ret_us += value * USEC_PER_DAY;
        } else if (span_starts(part, SPAN(" min"))) {
            *ret_us += value * USEC_PER_MINUTE;
        } else if (take_byte(&part, ':') && take_digits(&part, 2, 2, &minutes)) {
            *ret_us += hours * USEC_PER_HOUR + minutes * USEC_PER_MINUTE;
        } else {
            return found;
        }
        found = true;
    }
    return found;
}

static void read_uptime(struct span line, struct bundle_clock *clock)
{
    int64_t uptime_us;

    if (read_proc_uptime(line, &uptime_us)) {
        clock->uptime_us = uptime_us;
        clock->uptime_spread_us = USEC_PER_SEC;
    } else if (clock->uptime_us == TIME_UNKNOWN && skip_past(&line, SPAN(" up ")) &&
               read_up(line, &uptime_us)) {
        clock->uptime_us = uptime_us;
        clock->uptime_spread_us = USEC_PER_MINUTE;
    }
}

/* --- all of it --- */

static void read_line(struct span line, struct bundle_clock *clock)
{
    struct logtime time;
    struct span rest = line;

    if (skip_past(&rest, SPAN("niversal time: ")) && logtime_full(&rest, &time)) {
        time.zone_known = true;
        time.zone_minutes = 0;
        take_time(clock, &time, /* is_node= */ true);
    } else if (read_iso(line, &time)) {
        take_time(clock, &time, /* is_node= */ false);
    } else if (read_member(line, &time)) {
        take_time(clock, &time, /* is_node= */ true);
    } else if (read_date(line, &time)) {
        if (time.zone_known && !clock->zone_known) {
            clock->zone_known = true;
            clock->zone_minutes = time.zone_minutes;
        }
        take_time(clock, &time, /* is_node= */ true);
    } else {
        read_uptime(line, clock);
    }
}

void bundle_clock_read(struct span text, struct bundle_clock *ret)
{
    struct span rest = text, line;

    *ret = (struct bundle_clock){ .collected_us = TIME_UNKNOWN,
                                  .since_us = TIME_UNKNOWN,
                                  .uptime_us = TIME_UNKNOWN };
    while (span_cut(&rest, '\n', &line)) {
        read_zone(line, ret);
    }
    rest = text;
    while (span_cut(&rest, '\n', &line)) {
        read_line(span_trim(line), ret);
    }
    if (ret->collected_us != TIME_UNKNOWN && !ret->is_utc) {
        ret->since_us -= ZONE_MAX_US;
    }
}

/* --- the name --- */

static bool is_separator(char c)
{
    return c == '-' || c == '_' || c == ':' || c == 'T';
}

/* Two digits, with at most one separator before them. */
static bool cut_two(struct span *text, int *ret)
{
    struct span rest = *text;
    int64_t value;

    if (rest.size && is_separator(rest.data[0])) {
        rest = span_skip(rest, 1);
    }
    if (!take_digits(&rest, 2, 2, &value)) {
        return false;
    }
    *ret = (int)value;
    *text = rest;
    return true;
}

/* What a name says of the time. */
struct name_time {
    struct civil civil;
    bool has_hour, is_utc;
};

/* `2024-06-12T12_14_40`, `20240612-121440`, `2024-06-12_1214-UTC`, `2024-06-12`: what follows the day may be missing. */
static bool cut_stamp(struct span text, struct name_time *ret)
{
    struct civil civil = { 0 };
    int64_t year;

    if (!take_digits(&text, 4, 4, &year) || year < 2014 || year > 2100 ||
        !cut_two(&text, &civil.month) || !cut_two(&text, &civil.day)) {
        return false;
    }
    civil.year = (int)year;
    ret->has_hour = cut_two(&text, &civil.hour) && cut_two(&text, &civil.minute);
    if (ret->has_hour) {
        (void)cut_two(&text, &civil.second);
    } else {
        civil.hour = civil.minute = 0;
    }
    ret->civil = civil;
    ret->is_utc = ret->has_hour && span_starts(text, SPAN("-UTC"));
    return civil_valid(&civil) && !(text.size && is_digit(text.data[0]));
}

/* The last one: a folder may be in one of another time. */
static bool find_stamp(struct span name, struct name_time *ret)
{
    struct name_time time;
    bool found = false;

    for (size_t i = 0; i < name.size; i++) {
        if ((i == 0 || !is_digit(name.data[i - 1])) && cut_stamp(span_skip(name, i), &time)) {
            *ret = time;
            found = true;
        }
    }
    return found;
}

void bundle_clock_read_name(struct span name, struct bundle_clock *clock)
{
    struct name_time time;

    if (clock->collected_us != TIME_UNKNOWN || !find_stamp(name, &time)) {
        return;
    }
    clock->since_us = civil_to_us(&time.civil) - (time.is_utc ? 0 : ZONE_MAX_US);
    clock->collected_us = civil_to_us(&time.civil) + (time.has_hour ? 0 : USEC_PER_DAY - 1);
    clock->is_utc = time.is_utc;
}

/* --- crashes --- */

/* A second kernel writes its record some time after the crash. */
static const int64_t SAVING_US = 10 * USEC_PER_MINUTE;
static const int64_t DUMPING_US = 5 * USEC_PER_SEC;

/* The name of the file and of its folder. */
static struct span last_names(struct span path)
{
    unsigned n_slashes = 0;

    for (size_t i = path.size; i > 0; i--) {
        n_slashes += path.data[i - 1] == '/';
        if (n_slashes == 2) {
            return span_skip(path, i);
        }
    }
    return path;
}

/* `dmesg-efi_pstore-171820003001001` */
static bool read_record(struct span name, int64_t *ret_us)
{
    size_t n = name.size;
    uint64_t seconds;

    while (n > 0 && is_digit(name.data[n - 1])) {
        n--;
    }
    if (name.size - n != strlen("171820003001001") ||
        !span_to_uint(span_head(span_skip(name, n), 10), &seconds)) {
        return false;
    }
    *ret_us = (int64_t)seconds * USEC_PER_SEC;
    return true;
}

bool bundle_clock_read_crash(struct span path, const struct bundle_clock *clock, int64_t *ret_us,
                             int64_t *ret_spread_us)
{
    struct span names = last_names(path);
    struct name_time time;

    if (read_record(names, ret_us)) {
        *ret_us -= DUMPING_US;
        *ret_spread_us = 2 * DUMPING_US;
        return true;
    }
    if (!find_stamp(names, &time) || !time.has_hour) {
        return false;
    }
    *ret_us = civil_to_us(&time.civil) - SAVING_US;
    *ret_spread_us = SAVING_US;
    if (clock->zone_known) {
        *ret_us -= clock->zone_minutes * USEC_PER_MINUTE;
    } else {
        *ret_us -= ZONE_MAX_US;
        *ret_spread_us += 2 * ZONE_MAX_US;
    }
    return true;
}

/* The year of timestamps without one: from another timestamp, from journalctl's header, from dates
 * in the text, as in klog's `Log file created at: 2019/08/20 20:28:26`, or from the time of the file.
 *
 *   -- Logs begin at Sun 2019-04-07 20:03:02 PDT, end at Sun 2019-04-07 22:08:53 PDT. --
 *   Apr 07 22:06:29 node kubelet[19593]: F0407 22:06:29.503369   19593 server.go:262] failed to run
 */

#include "format/year.h"

#include "format/dates.h"
#include "format/logtime.h"

const char YEAR_FROM_STAMP[] = "stamp";
const char YEAR_FROM_HEADER[] = "header";
const char YEAR_FROM_DATE[] = "date";
const char YEAR_FROM_FILE_TIME[] = "file-time";
const char YEAR_FROM_COLLECTED[] = "collected";
const char YEAR_UNKNOWN[] = "unknown";

/* Advances *rest past the first `words` in it. */
static bool skip_past(struct span *rest, struct span words)
{
    ptrdiff_t at = span_find(*rest, words);

    if (at < 0) {
        return false;
    }
    *rest = span_skip(*rest, (size_t)at + words.size);
    return true;
}

/* The end of the log according to the header. */
static bool read_header(struct span head, struct logtime *ret)
{
    struct span line;

    return (skip_past(&head, SPAN("-- Logs begin at ")) ||
            skip_past(&head, SPAN("-- Journal begins at "))) &&
           span_cut(&head, '\n', &line) && skip_past(&line, SPAN(", end")) &&
           skip_past(&line, SPAN(" at ")) && logtime_full(&line, ret);
}

/* A timestamp with a year among others without one (`Active: ... since Sun 2019-04-07 22:06:29 PDT`
 * above lines of the journal): the others are less than half a year before or after it. */
static void take_stamp(struct format_context *context, const struct moment *stamp)
{
    struct civil civil = civil_from_us(stamp->time_us);

    context->year = civil.month > 6 ? civil.year + 1 : civil.year;
    context->year_month = civil.month > 6 ? civil.month - 6 : civil.month + 6;
    context->zone_known = stamp->zone_known;
    context->zone_minutes = stamp->zone_minutes;
}

static void take_header(struct format_context *context, const struct logtime *end)
{
    context->year = end->civil.year;
    context->year_month = end->civil.month;
    context->zone_known = end->zone_known;
    context->zone_minutes = end->zone_minutes;
}

/* Such dates are not of the time of the log, and certificates are valid for whole years. */
static bool is_of_another_time(struct span line)
{
    static const char *const words[] = { "xpir",     "alid",  "notBefore", "notAfter", "otation",
                                         "deadline", "built", "uild",      "opyright" };

    for (size_t i = 0; i < N_ELEMENTS(words); i++) {
        if (span_find(line, span_of(words[i])) >= 0) {
            return true;
        }
    }
    return false;
}

/* Is the date, in the year of the bare timestamp, close to it? */
static bool is_near(const struct civil *date, int64_t bare_us)
{
    const int64_t near_us = 2 * 24 * 60 * USEC_PER_MINUTE;
    struct civil same_year = *date;
    int64_t distance;

    same_year.year = civil_from_us(bare_us).year;
    distance = civil_to_us(&same_year) - bare_us;
    return distance >= -near_us && distance <= near_us;
}

/* The year that all dates near the first timestamp have. */
static bool read_dates(struct span head, int64_t bare_us, int *ret_year)
{
    struct span line;
    struct civil date;

    *ret_year = 0;
    while (span_cut(&head, '\n', &line)) {
        if (is_of_another_time(line)) {
            continue;
        }
        while (dates_next(&line, &date)) {
            if (!is_near(&date, bare_us)) {
                continue;
            }
            if (*ret_year && *ret_year != date.year) {
                return false;
            }
            *ret_year = date.year;
        }
    }
    return *ret_year > 0;
}

/* As if the first timestamp had the year. */
static void take_year(struct format_context *context, const struct moment *first, int year)
{
    struct civil civil = civil_from_us(first->time_us);
    struct moment stamp = *first;

    civil.year = year;
    stamp.time_us = civil_to_us(&civil);
    take_stamp(context, &stamp);
}

void year_from_collected(int64_t collected_us, struct format_context *context)
{
    year_from_file_time(collected_us, context);
    context->year_guessed = false;
}

void year_from_file_time(int64_t file_time_us, struct format_context *context)
{
    struct civil civil = civil_from_us(file_time_us);

    context->year = civil.year;
    context->year_month = civil.month;
    context->year_guessed = true;
}

const char *year_find(struct span head, const struct moment *first, int64_t file_time_us,
                      struct format_context *context)
{
    struct logtime end;
    int year;

    if (first->time_us != TIME_UNKNOWN && first->year_known) {
        take_stamp(context, first);
        return YEAR_FROM_STAMP;
    }
    if (read_header(head, &end)) {
        take_header(context, &end);
        return YEAR_FROM_HEADER;
    }
    if (first->time_us != TIME_UNKNOWN && read_dates(head, first->time_us, &year)) {
        take_year(context, first, year);
        return YEAR_FROM_DATE;
    }
    if (file_time_us == TIME_UNKNOWN) {
        return YEAR_UNKNOWN;
    }
    year_from_file_time(file_time_us, context);
    return YEAR_FROM_FILE_TIME;
}

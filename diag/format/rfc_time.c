/* Times as programs write them: RFC 3339, RFC 1123.
 *
 *   2024-06-02T15:59:24.360483912Z
 *   Sun, 27 Nov 2016 18:44:52 +0000
 */

#include "format/rfc_time.h"

static bool cut_byte(struct span *rest, const char *set)
{
    if (rest->size == 0 || rest->data[0] == '\0' || !strchr(set, rest->data[0]))
        return false;
    *rest = span_skip(*rest, 1);
    return true;
}

/* A number of so many digits, no more and no fewer. */
static bool cut_number(struct span *rest, size_t digits, int *ret)
{
    uint64_t number;

    if (rest->size < digits || !span_to_uint(span_head(*rest, digits), &number))
        return false;
    *ret = (int)number;
    *rest = span_skip(*rest, digits);
    return true;
}

/* `.360483912`: the first six digits count. */
static int cut_fraction(struct span *rest)
{
    int usec = 0, digits = 0;

    if (rest->size < 2 || (rest->data[0] != '.' && rest->data[0] != ','))
        return 0;
    *rest = span_skip(*rest, 1);
    while (rest->size && rest->data[0] >= '0' && rest->data[0] <= '9') {
        if (digits++ < 6)
            usec = usec * 10 + rest->data[0] - '0';
        *rest = span_skip(*rest, 1);
    }
    for (; digits < 6; digits++)
        usec *= 10;
    return usec;
}

static bool cut_clock(struct span *rest, struct civil *civil)
{
    return cut_number(rest, 2, &civil->hour) && cut_byte(rest, ":") &&
           cut_number(rest, 2, &civil->minute) && cut_byte(rest, ":") &&
           cut_number(rest, 2, &civil->second);
}

/* `Z`, `+02:00`, `+0200`, `+02`; nothing at all is no zone. */
static bool cut_zone(struct span *rest, struct moment *moment)
{
    struct span text = *rest;
    size_t size = 0;
    int minutes;

    while (size < text.size && size < 6 && text.data[size] &&
           strchr("Z+-:0123456789", text.data[size]))
        size++;
    if (size == 0)
        return true;
    if (!strchr("Z+-", text.data[0]) || !calendar_zone(span_head(text, size), &minutes))
        return false;
    moment->zone_minutes = (int16_t)minutes;
    moment->zone_known = true;
    *rest = span_skip(text, size);
    return true;
}

static bool finish(struct span rest, const struct civil *civil, struct moment moment,
                   struct span *ret_rest, struct moment *ret)
{
    if (!civil_valid(civil))
        return false;
    ret->time_us = civil_to_us(civil) - moment.zone_minutes * USEC_PER_MINUTE;
    ret->zone_minutes = moment.zone_minutes;
    ret->zone_known = moment.zone_known;
    ret->year_known = true;
    *ret_rest = rest;
    return true;
}

bool time_rfc3339(struct span *rest, struct moment *ret)
{
    struct moment moment = MOMENT_UNKNOWN;
    struct civil civil = { 0 };
    struct span text = *rest;

    if (!cut_number(&text, 4, &civil.year) || !cut_byte(&text, "-") ||
        !cut_number(&text, 2, &civil.month) || !cut_byte(&text, "-") ||
        !cut_number(&text, 2, &civil.day) || !cut_byte(&text, "Tt ") || !cut_clock(&text, &civil))
        return false;
    civil.usec = cut_fraction(&text);
    return cut_zone(&text, &moment) && finish(text, &civil, moment, rest, ret);
}

bool time_rfc1123(struct span *rest, struct moment *ret)
{
    struct moment moment = MOMENT_UNKNOWN;
    struct civil civil = { 0 };
    struct span text = *rest;

    if (text.size < 4 || text.data[3] != ',')
        return false;
    text = span_skip(text, 4);
    if (!cut_byte(&text, " ") || !cut_number(&text, 2, &civil.day) || !cut_byte(&text, " "))
        return false;
    civil.month = calendar_month(span_head(text, 3));
    text = span_skip(text, 3);
    if (!civil.month || !cut_byte(&text, " ") || !cut_number(&text, 4, &civil.year) ||
        !cut_byte(&text, " ") || !cut_clock(&text, &civil) || !cut_byte(&text, " "))
        return false;
    return cut_zone(&text, &moment) && moment.zone_known && finish(text, &civil, moment, rest, ret);
}

/* Single values of the report in JSON. Specification: RFC 8259, RFC 3339. */

#include "render/json_value.h"

#include "base/utf8.h"

#include <math.h>

/* Whole numbers up to here are exact in every reader of JSON. */
static const double EXACT_MAX = 9007199254740992.0;

json_t *json_value_text(struct span span)
{
    CLEANUP(buf_done_at) struct buf clean = { 0 };

    utf8_add_clean(&clean, span);
    return json_stringn(clean.data ? clean.data : "", clean.size);
}

json_t *json_value_text_or_null(struct span span)
{
    return span_empty(span) ? json_null() : json_value_text(span);
}

json_t *json_value_string_or_null(const char *string)
{
    return string ? json_value_text(span_of(string)) : json_null();
}

json_t *json_value_strings(const char *const *items)
{
    json_t *array = json_array();

    for (; items && *items; items++) {
        json_array_append_new(array, json_value_text(span_of(*items)));
    }
    return array;
}

json_t *json_value_integer(uint64_t value)
{
    return json_integer((json_int_t)value);
}

json_t *json_value_number(double value)
{
    if (!isfinite(value)) {
        return json_null();
    }
    if (value == floor(value) && fabs(value) <= EXACT_MAX) {
        return json_integer((json_int_t)value);
    }
    return json_real(value);
}

json_t *json_value_moment(const struct json_report *json, const struct moment *when)
{
    CLEANUP(buf_done_at) struct buf out = { 0 };
    bool utc = json->options->utc;

    if (when->time_us == TIME_UNKNOWN || !when->year_known) {
        return json_null();
    }
    calendar_add_rfc3339(&out, when->time_us, utc ? 0 : when->zone_minutes, when->zone_known);
    return json_value_text(buf_span(&out));
}

json_t *json_value_range(const struct json_report *json, const struct moment *when)
{
    struct moment from = *when, to = *when;

    if (when->time_us != TIME_UNKNOWN || when->spread_us == 0) {
        return json_null();
    }
    from.time_us = when->earliest_us;
    to.time_us = when->earliest_us + when->spread_us;
    from.year_known = to.year_known = true;
    return json_pack("[o, o]", json_value_moment(json, &from), json_value_moment(json, &to));
}

#ifndef NODECAUSE_RENDER_JSON_VALUE_H
#define NODECAUSE_RENDER_JSON_VALUE_H

#include "render/render.h"

#include <jansson.h>

/* What all parts of the report in JSON share. */
struct json_report {
    const struct report *report;
    const struct render_options *options;
    struct arena *arena; /* for names; freed after the rendering */
};

/* The caller releases what these functions return. */

/* A text, with invalid UTF-8 replaced. */
json_t *json_value_text(struct span span);
json_t *json_value_text_or_null(struct span span);     /* null when it is empty */
json_t *json_value_string_or_null(const char *string); /* null for NULL */
json_t *json_value_strings(const char *const *items);  /* an array; `items` may be NULL */
json_t *json_value_integer(uint64_t value);

/* A whole number where JSON readers keep it exact; null when it is not finite. */
json_t *json_value_number(double value);

/* RFC 3339; null when the time or its year is unknown. */
json_t *json_value_moment(const struct json_report *json, const struct moment *when);

/* The earliest and the latest that the time can be, RFC 3339, of a moment of which only the range
 * is known; null for any other. */
json_t *json_value_range(const struct json_report *json, const struct moment *when);

#endif

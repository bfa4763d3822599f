/* Facts: captured texts with a type.
 *
 *   weave-net-3svfg_kube-system(e5a5d474-5d4a-11e9-a5c2-0050569f3d5b)
 *                                             pod: kube-system/weave-net-3svfg */

#include "signal/fact.h"

#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/limits.h"
#include "signal/fact_number.h"

#include <math.h>
#include <stdio.h>

/* `name_namespace(uid)` and `name_namespace` read namespace/name; `"namespace/name"` loses its
 * quotes. Neither a pod's name nor a namespace can hold `_` (RFC 1123 names), so the last one parts
 * them. */
static struct span normal_pod(struct span text, struct arena *arena)
{
    ptrdiff_t at;

    if (text.size >= 2 && *text.data == '"' && text.data[text.size - 1] == '"') {
        text = (struct span){ text.data + 1, text.size - 2 };
    }
    if (span_find_byte(text, '/') >= 0) {
        return text;
    }
    at = span_find_byte(text, '(');
    if (at > 0) {
        text = span_head(text, (size_t)at);
    }
    at = span_find_byte(text, '_');
    if (at <= 0 || (size_t)at + 1 == text.size) {
        return text;
    }
    return span_of(arena_printf(arena, "%.*s/%.*s", (int)(text.size - (size_t)at - 1),
                                text.data + at + 1, (int)at, text.data));
}

struct fact fact_parse(struct span name, enum fact_type type, struct span text, struct arena *arena)
{
    struct fact fact = { .name = name, .type = type };
    struct span trimmed;

    text = span_head(text, LIMIT_FACT_BYTES);
    trimmed = span_trim(text);
    fact.has_number = fact_number_read(type, &trimmed, &fact.number);
    if (type == FACT_POD) {
        text = normal_pod(trimmed, arena);
    } else if (type == FACT_QUANTITY) {
        text = trimmed;
    }
    fact.text = arena_copy(arena, text);
    return fact;
}

int fact_compare(const struct fact *a, const struct fact *b)
{
    size_t shorter = a->text.size < b->text.size ? a->text.size : b->text.size;
    int order;

    if (a->has_number && b->has_number) {
        return (a->number > b->number) - (a->number < b->number);
    }
    order = shorter > 0 ? memcmp(a->text.data, b->text.data, shorter) : 0;
    return order != 0 ? order : (a->text.size > b->text.size) - (a->text.size < b->text.size);
}

/* Up to `decimals` decimals, without zeros at the end. */
static void add_decimal(struct buf *buf, double number, int decimals)
{
    char text[400];
    size_t n = (size_t)snprintf(text, sizeof(text), "%.*f", decimals, number);

    if (decimals > 0 && n < sizeof(text)) {
        while (text[n - 1] == '0') {
            n--;
        }
        if (text[n - 1] == '.') {
            n--;
        }
        text[n] = '\0';
    }
    buf_add_string(buf, text);
}

/* One decimal below 10, none above: `9.5 GiB`, `975 MiB`, `512 B`. */
static void add_bytes(struct buf *buf, double bytes)
{
    static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
    size_t unit = 0;

    /* 1023.6 would be printed as 1024 of the smaller unit. */
    while (fabs(bytes) >= 1023.5 && unit + 1 < N_ELEMENTS(units)) {
        bytes /= 1024;
        unit++;
    }
    add_decimal(buf, bytes, unit > 0 && fabs(bytes) < 9.95 ? 1 : 0);
    buf_printf(buf, " %s", units[unit]);
}

void fact_add_human(struct buf *buf, const struct fact *fact)
{
    bool binary = fact->type == FACT_QUANTITY && span_ends(fact->text, SPAN("i"));

    if (fact->has_number && (binary || fact->type == FACT_BYTES || fact->type == FACT_KIBIBYTES ||
                             fact->type == FACT_PAGES)) {
        add_bytes(buf, fact->number);
    } else if (fact->has_number && (fact->type == FACT_PERCENT || fact->type == FACT_FRACTION)) {
        add_decimal(buf, fact->number, 2);
        buf_add_string(buf, " %");
    } else if (fact->has_number && fact->type == FACT_DURATION) {
        calendar_add_duration(buf, (int64_t)fact->number);
    } else {
        buf_add(buf, fact->text);
    }
}

struct span fact_json_name(const struct fact *fact, struct arena *arena)
{
    struct span suffix = { 0 };

    if (fact->type == FACT_BYTES || fact->type == FACT_KIBIBYTES || fact->type == FACT_PAGES) {
        suffix = SPAN("_bytes");
    } else if (fact->type == FACT_DURATION) {
        suffix = SPAN("_us");
    }
    if (span_empty(suffix) || span_ends(fact->name, suffix)) {
        return arena_copy(arena, fact->name);
    }
    return span_of(arena_printf(arena, "%.*s%.*s", (int)fact->name.size, fact->name.data,
                                (int)suffix.size, suffix.data));
}

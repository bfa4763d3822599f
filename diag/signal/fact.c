/* Facts: captured texts read as values.
 *
 * Kubernetes writes amounts as resource.Quantity (k8s.io/apimachinery/pkg/api/resource), durations
 * as Go's time.Duration, and both also as the struct that %v prints; the kernel counts in kB and
 * pages:
 *
 *   {"id": "...", "capacity": {{104857600 0} {<nil>} 100Mi BinarySI}}     quantity: 104857600
 *   MemTotal: 24094024 kB                                                 kibibytes
 *   weave-net-3svfg_kube-system(e5a5d474-5d4a-11e9-a5c2-0050569f3d5b)     pod:
 * kube-system/weave-net-3svfg
 */

#include "signal/fact.h"

#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/limits.h"

#include <math.h>
#include <stdio.h>

static const char *const type_names[FACT_TYPES] = {
    [FACT_TEXT] = "text",           [FACT_INTEGER] = "integer",   [FACT_BYTES] = "bytes",
    [FACT_KIBIBYTES] = "kibibytes", [FACT_PAGES] = "pages",       [FACT_PERCENT] = "percent",
    [FACT_FRACTION] = "fraction",   [FACT_DURATION] = "duration", [FACT_QUANTITY] = "quantity",
    [FACT_TIME] = "time",           [FACT_PATH] = "path",         [FACT_POD] = "pod",
};

const char *fact_type_name(enum fact_type type)
{
    return type < FACT_TYPES ? type_names[type] : NULL;
}

enum fact_type fact_type_from_name(struct span name)
{
    enum fact_type type = 0;

    while (type < FACT_TYPES && !span_is(name, type_names[type])) {
        type++;
    }
    return type;
}

/* Digits at the start of `*text`, added to `*value`; how many there were. */
static int read_digits(struct span *text, double *value)
{
    int n = 0;

    for (; text->size > 0 && *text->data >= '0' && *text->data <= '9'; n++) {
        *value = *value * 10 + (*text->data - '0');
        *text = span_skip(*text, 1);
    }
    return n;
}

/* A decimal number with sign and decimals at the start of `*text`; never asks the locale. */
static bool read_decimal(struct span *text, double *ret)
{
    struct span rest = *text;
    bool negative = rest.size > 0 && *rest.data == '-';
    double value = 0;
    int whole, decimals = 0;

    rest = span_skip(rest, negative || (rest.size > 0 && *rest.data == '+'));
    whole = read_digits(&rest, &value);
    if (rest.size > 0 && *rest.data == '.') {
        rest = span_skip(rest, 1);
        decimals = read_digits(&rest, &value);
    }
    if (whole + decimals == 0 || whole + decimals > 300) {
        return false;
    }
    value /= pow(10, decimals);
    *ret = negative ? -value : value;
    *text = rest;
    return true;
}

/* Factor of a suffix; 0 when there is no such suffix. */
static double scale_of(struct span suffix)
{
    static const struct {
        const char *suffix;
        double factor;
    } scales[] = {
        { "", 1 },        { "n", 1e-9 },    { "u", 1e-6 },    { "m", 1e-3 },    { "k", 1e3 },
        { "K", 1e3 },     { "M", 1e6 },     { "G", 1e9 },     { "T", 1e12 },    { "P", 1e15 },
        { "E", 1e18 },    { "Ki", 0x1p10 }, { "Mi", 0x1p20 }, { "Gi", 0x1p30 }, { "Ti", 0x1p40 },
        { "Pi", 0x1p50 }, { "Ei", 0x1p60 },
    };
    int64_t exponent;

    for (size_t i = 0; i < N_ELEMENTS(scales); i++) {
        if (span_is(suffix, scales[i].suffix)) {
            return scales[i].factor;
        }
    }
    if (suffix.size > 1 && (*suffix.data == 'e' || *suffix.data == 'E') &&
        span_to_int(span_skip(suffix, 1), &exponent) && exponent >= -18 && exponent <= 18) {
        return pow(10, (double)exponent);
    }
    return 0;
}

/* A number and a suffix. */
static bool read_scaled(struct span text, double *ret)
{
    double value, scale;

    if (!read_decimal(&text, &value)) {
        return false;
    }
    scale = scale_of(text);
    if (scale == 0) {
        return false;
    }
    *ret = value * scale;
    return true;
}

/* The next word of a struct as %v (`{{104857600 0} {<nil>} 100Mi BinarySI}`) or %+v
 * (`{i:{value:104857600 scale:0} d:{Dec:<nil>} s:100Mi Format:BinarySI}`) prints it, without braces
 * and the names of fields. */
static struct span next_word(struct span *rest)
{
    struct span word = { 0 };
    ptrdiff_t colon;

    if (!span_cut(rest, ' ', &word)) {
        return word;
    }
    while ((colon = span_find_byte(word, ':')) >= 0) {
        word = span_skip(word, (size_t)colon + 1);
    }
    while (word.size > 0 && *word.data == '{') {
        word = span_skip(word, 1);
    }
    while (word.size > 0 && word.data[word.size - 1] == '}') {
        word.size--;
    }
    return word;
}

/* A quantity; of a struct its own number counts, and `*text` becomes its string when it has one. */
static bool read_quantity(struct span *text, double *ret)
{
    struct span rest = *text, value, scale, decimal, string;
    double number;
    int64_t exponent;

    if (!span_starts(*text, SPAN("{"))) {
        return read_scaled(*text, ret);
    }
    value = next_word(&rest);
    scale = next_word(&rest);
    decimal = next_word(&rest);
    string = next_word(&rest);
    if (!span_empty(string)) {
        *text = string;
    }
    if (!span_is(decimal, "<nil>")) {
        return read_scaled(string, ret);
    }
    if (!read_decimal(&value, &number) || !span_to_int(scale, &exponent)) {
        return false;
    }
    if (exponent < -18 || exponent > 18) {
        return false;
    }
    *ret = number * pow(10, (double)exponent);
    return true;
}

/* `3m5s`, `1min 30s`, and metav1.Duration's `{5m0s}` and `{Duration:5m0s}`. */
static bool read_duration(struct span text, double *ret)
{
    int64_t us;

    if (span_starts(text, SPAN("{"))) {
        text = next_word(&text);
    }
    if (!calendar_duration(text, &us)) {
        return false;
    }
    *ret = (double)us;
    return true;
}

/* A number with one of the given units behind it, a blank between them allowed. */
static bool read_with_unit(struct span text, const char *const units[], double *ret)
{
    double value;

    if (!read_decimal(&text, &value)) {
        return false;
    }
    text = span_trim(text);
    for (; *units; units++) {
        if (span_is(text, *units)) {
            *ret = value;
            return true;
        }
    }
    return false;
}

/* Amounts of bytes: plain, or as Kubernetes or people write them (`1.5Gi`, `975 MiB`). */
static bool read_bytes(struct span text, double *ret)
{
    struct span rest = text;
    double value, scale;

    if (!read_decimal(&rest, &value)) {
        return false;
    }
    rest = span_trim(rest);
    if (span_ends(rest, SPAN("B"))) {
        rest.size--;
    }
    scale = scale_of(rest);
    if (scale < 1) {
        return false;
    }
    *ret = value * scale;
    return true;
}

/* A number of exactly `n` digits at the start of `*text`. */
static bool read_fixed(struct span *text, size_t n, int *ret)
{
    uint64_t value;

    if (text->size < n || !span_to_uint(span_head(*text, n), &value)) {
        return false;
    }
    *ret = (int)value;
    *text = span_skip(*text, n);
    return true;
}

static bool read_byte(struct span *text, const char *any_of)
{
    if (text->size == 0 || *text->data == '\0' || !strchr(any_of, *text->data)) {
        return false;
    }
    *text = span_skip(*text, 1);
    return true;
}

/* RFC 3339, or Go's time.String(): `2019-04-07 22:06:29.5 -0700 MST m=+0.1`. */
static bool read_time(struct span text, double *ret)
{
    struct civil civil = { 0 };
    double second;
    struct span zone = { 0 };
    int minutes = 0;

    if (!read_fixed(&text, 4, &civil.year) || !read_byte(&text, "-") ||
        !read_fixed(&text, 2, &civil.month) || !read_byte(&text, "-") ||
        !read_fixed(&text, 2, &civil.day) || !read_byte(&text, "Tt ") ||
        !read_fixed(&text, 2, &civil.hour) || !read_byte(&text, ":") ||
        !read_fixed(&text, 2, &civil.minute) || !read_byte(&text, ":") ||
        !read_decimal(&text, &second) || second < 0 || second >= 61) {
        return false;
    }
    civil.second = (int)second;
    if (!civil_valid(&civil)) {
        return false;
    }
    if (span_word(&text, &zone) && !calendar_zone(zone, &minutes)) {
        return false;
    }
    *ret = (double)(civil_to_us(&civil) - minutes * USEC_PER_MINUTE) +
           floor((second - civil.second) * USEC_PER_SEC);
    return true;
}

static bool read_number(enum fact_type type, struct span *text, double *ret)
{
    static const char *const none[] = { "", NULL };
    static const char *const kibi[] = { "", "kB", "KB", "KiB", "Ki", "K", "k", NULL };
    static const char *const percent[] = { "", "%", NULL };
    double scale = 1;
    bool read = false;

    switch (type) {
    case FACT_INTEGER:
        read = read_with_unit(*text, none, ret);
        break;
    case FACT_BYTES:
        read = read_bytes(*text, ret);
        break;
    case FACT_KIBIBYTES:
        read = read_with_unit(*text, kibi, ret);
        scale = 1024;
        break;
    case FACT_PAGES:
        read = read_with_unit(*text, none, ret);
        scale = 4096;
        break;
    case FACT_PERCENT:
        read = read_with_unit(*text, percent, ret);
        break;
    case FACT_FRACTION:
        read = read_with_unit(*text, percent, ret);
        scale = span_ends(*text, SPAN("%")) ? 1 : 100;
        break;
    case FACT_DURATION:
        read = read_duration(*text, ret);
        break;
    case FACT_QUANTITY:
        read = read_quantity(text, ret);
        break;
    case FACT_TIME:
        read = read_time(*text, ret);
        break;
    case FACT_TEXT:
    case FACT_PATH:
    case FACT_POD:
    case FACT_TYPES:
        break;
    }
    if (read) {
        *ret *= scale;
    }
    return read;
}

bool fact_number(enum fact_type type, struct span text, double *ret)
{
    static const char *const none[] = { "", NULL };

    text = span_trim(text);
    if (type == FACT_KIBIBYTES || type == FACT_PAGES) {
        type = FACT_BYTES;
    }
    if (type == FACT_FRACTION) {
        type = FACT_PERCENT;
    }
    return (type != FACT_TIME && read_with_unit(text, none, ret)) || read_number(type, &text, ret);
}

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
    fact.has_number = read_number(type, &trimmed, &fact.number);
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

/* Captured texts read as numbers.
 *
 * Kubernetes writes amounts as resource.Quantity (k8s.io/apimachinery/pkg/api/resource), durations
 * as Go's time.Duration, and both also as the struct that %v prints; the kernel counts in kB and
 * pages:
 *
 *   {"id": "...", "capacity": {{104857600 0} {<nil>} 100Mi BinarySI}}     quantity: 104857600
 *   MemTotal: 24094024 kB                                                 kibibytes */

#include "signal/fact_number.h"

#include "base/calendar.h"
#include "base/cleanup.h"

#include <math.h>
#include <string.h>

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

/* A number followed by one of the given units, a space between them allowed. */
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

bool fact_number_read(enum fact_type type, struct span *text, double *ret)
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
    return (type != FACT_TIME && read_with_unit(text, none, ret)) ||
           fact_number_read(type, &text, ret);
}

/* klog, the log format of all Kubernetes components, as a layer above any other format.
 *
 * https://github.com/kubernetes/klog: klog.go (header), internal/serialize (structured messages)
 *
 *   E0602 15:59:24.360483   18726 kubelet.go:1530] "Failed to start cAdvisor" err="inotify_..."
 */

#include "format/klog.h"

#include "base/cleanup.h"
#include "base/limits.h"
#include "entry/multiline.h"
#include "format/logtime.h"

static bool is_file_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
           c == '-' || c == '.' || c == '/';
}

/* `kubelet.go:1530] ` */
static bool take_file(struct span *rest, struct klog *klog)
{
    struct span at = *rest;
    size_t n = 0;

    while (n < at.size && is_file_byte(at.data[n])) {
        n++;
    }
    klog->file = span_head(at, n);
    at = span_skip(at, n);
    if (n == 0 || !take_byte(&at, ':') || !take_digits(&at, 1, 7, &klog->line) ||
        !take_byte(&at, ']')) {
        return false;
    }
    (void)take_byte(&at, ' ');
    *rest = at;
    return true;
}

/* `0602 15:59:24.360483`, or only the day if the time was removed */
static bool take_stamp(struct span *rest, struct klog *klog)
{
    struct span at = *rest;
    struct logtime time;
    int64_t day;

    if (!logtime_klog(&at, &time) && !take_digits(&at, 4, 4, &day)) {
        return false;
    }
    klog->stamp = span_head(*rest, rest->size - at.size);
    *rest = at;
    return take_blanks(rest) > 0;
}

static void take_thread(struct span *rest, struct klog *klog)
{
    struct span at = *rest;

    if (take_digits(&at, 1, 12, &klog->thread) && take_blanks(&at)) {
        *rest = at;
    } else {
        klog->thread = -1;
    }
}

bool klog_header(struct span text, struct klog *ret, struct span *ret_rest)
{
    struct klog klog = { .thread = -1, .line = -1 };
    struct span at = text;

    if (text.size == 0) {
        return false;
    }
    if (strchr("IWEF", text.data[0]) && text.data[0]) {
        at = span_skip(text, 1);
        if (take_stamp(&at, &klog)) {
            klog.severity = text.data[0];
            take_thread(&at, &klog);
            if (!take_file(&at, &klog)) {
                return false;
            }
            *ret = klog;
            *ret_rest = at;
            return true;
        }
        at = text;
    }
    if (!take_file(&at, &klog) || !span_ends(klog.file, SPAN(".go"))) {
        return false;
    }
    *ret = klog;
    *ret_rest = at;
    return true;
}

/* Output while decoding quotes. Never larger than the text it comes from. */
struct output {
    char *data;
    size_t size;
};

static void put(struct output *out, char c)
{
    out->data[out->size++] = c;
}

static void put_span(struct output *out, struct span span)
{
    if (span.size) {
        memcpy(out->data + out->size, span.data, span.size);
    }
    out->size += span.size;
}

static void put_utf8(struct output *out, uint32_t c)
{
    if (c < 0x80) {
        put(out, (char)c);
    } else if (c < 0x800) {
        put(out, (char)(0xc0 | c >> 6));
        put(out, (char)(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        put(out, (char)(0xe0 | c >> 12));
        put(out, (char)(0x80 | (c >> 6 & 0x3f)));
        put(out, (char)(0x80 | (c & 0x3f)));
    } else {
        put(out, (char)(0xf0 | (c >> 18 & 7)));
        put(out, (char)(0x80 | (c >> 12 & 0x3f)));
        put(out, (char)(0x80 | (c >> 6 & 0x3f)));
        put(out, (char)(0x80 | (c & 0x3f)));
    }
}

static int hex_digit(char c)
{
    if (is_digit(c)) {
        return c - '0';
    }
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* `\xNN` is a byte, `\uNNNN` and `\UNNNNNNNN` are characters. `at` is after the letter. */
static bool put_hex(struct output *out, struct span *at, char letter)
{
    size_t n = letter == 'x' ? 2 : letter == 'u' ? 4 : 8;
    uint32_t value = 0;

    if (at->size < n) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        int digit = hex_digit(at->data[i]);

        if (digit < 0) {
            return false;
        }
        value = value << 4 | (uint32_t)digit;
    }
    if (letter == 'x') {
        put(out, (char)value);
    } else if (value <= 0x10ffff) {
        put_utf8(out, value);
    } else {
        return false;
    }
    *at = span_skip(*at, n);
    return true;
}

/* An escape of strconv.Quote; `at` is after the backslash. Anything else is unchanged. */
static void put_escape(struct output *out, struct span *at)
{
    static const char letters[] = "abfnrtv\\\"'";
    static const char bytes[] = "\a\b\f\n\r\t\v\\\"'";
    char c = at->size ? at->data[0] : '\0';
    const char *found = c ? strchr(letters, c) : NULL;

    if (found) {
        put(out, bytes[found - letters]);
        *at = span_skip(*at, 1);
    } else if (c == 'x' || c == 'u' || c == 'U') {
        struct span digits = span_skip(*at, 1);

        if (put_hex(out, &digits, c)) {
            *at = digits;
        } else {
            put(out, '\\');
        }
    } else {
        put(out, '\\');
    }
}

/* The text from `at` up to the next byte of that kind, or all of it. */
static struct span up_to(struct span at, char byte)
{
    ptrdiff_t found = span_find_byte(at, byte);

    return found < 0 ? at : span_head(at, (size_t)found);
}

/* The text between quotes; `at` is after the opening quote, and in the end after the closing one. The
 * next quote is looked for only when the last one was passed, so that a text full of backslashes is
 * read once. */
static struct span put_quoted(struct output *out, struct span *at)
{
    size_t start = out->size;
    struct span unquoted = up_to(*at, '"');
    const char *quote = unquoted.data + unquoted.size;

    while (at->size) {
        struct span plain;

        if (at->data > quote) {
            unquoted = up_to(*at, '"');
            quote = unquoted.data + unquoted.size;
        }
        plain = up_to(span_head(*at, (size_t)(quote - at->data)), '\\');
        put_span(out, plain);
        *at = span_skip(*at, plain.size);
        if (take_byte(at, '"')) {
            break;
        }
        if (take_byte(at, '\\')) {
            put_escape(out, at);
        }
    }
    return (struct span){ out->data + start, out->size - start };
}

/* klog indents each line with a tab, which copies may replace by spaces. */
static struct span outdented(struct span line)
{
    static const struct span tab = { "        ", 8 };

    if (!take_byte(&line, '\t') && span_starts(line, tab)) {
        line = span_skip(line, tab.size);
    }
    return line;
}

/* Lines of `key=<` up to ` >`; `at` is after `<` and the newline, in the end after `>`, where more
 * pairs can follow. */
static struct span put_block(struct output *out, struct span *at)
{
    size_t start = out->size;
    struct span line;

    while (span_cut(at, '\n', &line)) {
        if (multiline_closes(line)) {
            size_t skipped = (size_t)span_find_byte(line, '>') + 1;

            line = span_skip(line, skipped);
            *at = (struct span){ line.data, (size_t)(at->data + at->size - line.data) };
            break;
        }
        if (out->size > start) {
            put(out, '\n');
        }
        put_span(out, outdented(line));
    }
    return (struct span){ out->data + start, out->size - start };
}

/* Size of a value without quotes: up to a space outside of brackets and of quotes in them. */
static size_t plain_size(struct span text)
{
    int depth = 0;
    bool quoted = false;
    size_t n;

    for (n = 0; n < text.size; n++) {
        char c = text.data[n];

        if (quoted && c == '\\') {
            n++;
        } else if (c == '"' && depth) {
            quoted = !quoted;
        } else if (quoted) {
            continue;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && depth) {
            depth--;
        } else if ((c == ' ' || c == '\n') && depth == 0) {
            break;
        }
    }
    return n < text.size ? n : text.size;
}

static struct span put_plain(struct output *out, struct span *at)
{
    struct span text = span_head(*at, plain_size(*at));
    size_t start = out->size;

    put_span(out, text);
    *at = span_skip(*at, text.size);
    return (struct span){ out->data + start, text.size };
}

static struct span put_value(struct output *out, struct span *at)
{
    if (take_byte(at, '"')) {
        return put_quoted(out, at);
    }
    if (span_starts(*at, SPAN("<\n"))) {
        *at = span_skip(*at, 2);
        return put_block(out, at);
    }
    return put_plain(out, at);
}

/* A key: text without quotes up to `=`. Spaces are allowed, because of `/proc/swaps contents`. */
static bool take_key(struct span *at, struct span *ret)
{
    struct span rest = *at;
    ptrdiff_t equals;

    (void)take_blanks(&rest);
    equals = span_find_byte(span_head(rest, 128), '=');
    if (equals <= 0) {
        return false;
    }
    *ret = span_head(rest, (size_t)equals);
    if (span_find_byte(*ret, '"') >= 0 || span_find_byte(*ret, '\n') >= 0) {
        return false;
    }
    *at = span_skip(rest, (size_t)equals + 1);
    return true;
}

/* ` key=value` pairs up to the end or to something else. */
static size_t put_pairs(struct output *out, struct span *at, struct field *fields)
{
    size_t n = 0;
    struct span key;

    while (n < LIMIT_FIELDS && take_key(at, &key)) {
        put(out, ' ');
        fields[n].name = (struct span){ out->data + out->size, key.size };
        put_span(out, key);
        put(out, '=');
        fields[n++].value = put_value(out, at);
    }
    return n;
}

/* The maximum number of pairs that can follow. */
static size_t count_pairs(struct span text)
{
    size_t n = 0;
    ptrdiff_t at;

    while (n < LIMIT_FIELDS && (at = span_find_byte(text, '=')) >= 0) {
        text = span_skip(text, (size_t)at + 1);
        n++;
    }
    return n;
}

struct span klog_unquote(struct span text, struct arena *arena, const struct field **ret_fields,
                         size_t *ret_n_fields)
{
    struct output out;
    struct field *fields;
    struct span at = text;

    *ret_fields = NULL;
    *ret_n_fields = 0;
    if (!take_byte(&at, '"')) {
        return text;
    }
    out = (struct output){ arena_alloc(arena, text.size + 2), 0 };
    fields = ARENA_ARRAY(arena, struct field, count_pairs(text));
    (void)put_quoted(&out, &at);
    *ret_n_fields = put_pairs(&out, &at, fields);
    *ret_fields = fields;
    put_span(&out, at);
    return (struct span){ out.data, out.size };
}

static enum severity severity_of(char letter)
{
    switch (letter) {
    case 'I':
        return SEVERITY_INFO;
    case 'W':
        return SEVERITY_WARNING;
    case 'E':
        return SEVERITY_ERROR;
    case 'F':
        return SEVERITY_CRITICAL;
    default:
        return SEVERITY_UNKNOWN;
    }
}

static void append_fields(struct entry *entry, const struct field *fields, size_t n,
                          struct arena *arena)
{
    struct field *all;

    if (n == 0) {
        return;
    }
    if (entry->n_fields == 0) {
        entry->fields = fields;
    } else {
        all = ARENA_ARRAY(arena, struct field, entry->n_fields + n);
        memcpy(all, entry->fields, entry->n_fields * sizeof(*all));
        memcpy(all + entry->n_fields, fields, n * sizeof(*all));
        entry->fields = all;
    }
    entry->n_fields += n;
}

/* The values of the header, where the outer format has none. */
static void take_over(const struct format_context *context, struct entry *entry)
{
    struct span stamp_text = entry->klog.stamp;
    struct logtime time;

    if (entry->klog.severity) {
        entry->severity = severity_of(entry->klog.severity);
    }
    if (entry->pid < 0) {
        entry->pid = entry->klog.thread;
    }
    if (entry->when.time_us == TIME_UNKNOWN && logtime_klog(&stamp_text, &time)) {
        int64_t monotonic_us = entry->when.monotonic_us;

        entry->when = logtime_moment(&time, context);
        entry->when.monotonic_us = monotonic_us;
        if (span_empty(entry->stamp)) {
            entry->stamp = entry->klog.stamp;
        }
    }
}

void klog_refine(const struct format_context *context, struct entry *entry)
{
    const struct field *fields;
    size_t n_fields;
    struct span rest, message;
    bool headed = span_empty(entry->klog.file) && klog_header(entry->message, &entry->klog, &rest);

    if (headed) {
        entry->message = rest;
        take_over(context, entry);
    }
    if (span_empty(entry->message) || entry->message.data[0] != '"') {
        return;
    }
    /* Without a header, only pairs show that the quotes are klog's. */
    message = klog_unquote(entry->message, context->arena, &fields, &n_fields);
    if (!headed && n_fields == 0) {
        return;
    }
    entry->message = message;
    append_fields(entry, fields, n_fields, context->arena);
}

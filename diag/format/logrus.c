/* The text formatter of logrus, as used by containerd, CRI-O, dockerd, k3s, rke2 and k0s, and
 * similar formats. https://github.com/sirupsen/logrus#formatters
 *
 *   time="2024-06-12T13:46:40.123456789Z" level=error msg="RunPodSandbox failed" error="rpc ..."
 *   FATA[0005] starting kubernetes: preparing server: ...
 */

#include "format/logrus.h"

#include "format/klog.h"
#include "format/logtime.h"

#include <ctype.h>

static bool is_key_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '.';
}

/* Size of the value at the start of the text: up to its closing quote, or up to a space. */
static size_t value_size(struct span text)
{
    size_t i = 1;

    if (!span_starts(text, SPAN("\""))) {
        ptrdiff_t blank = span_find_byte(text, ' ');

        return blank < 0 ? text.size : (size_t)blank;
    }
    while (i < text.size && text.data[i] != '"') {
        i += text.data[i] == '\\' ? 2 : 1;
    }
    return i < text.size ? i + 1 : text.size;
}

static struct span without_quotes(struct span value)
{
    if (value.size > 1 && span_starts(value, SPAN("\"")) && span_ends(value, SPAN("\""))) {
        return (struct span){ value.data + 1, value.size - 2 };
    }
    return value;
}

/* `key="value" `, including the space; the text inside the quotes stays escaped. */
static bool cut_pair(struct span *rest, struct field *ret)
{
    size_t key = 0, value;

    while (key < rest->size && is_key_byte(rest->data[key])) {
        key++;
    }
    if (key == 0 || key == rest->size || rest->data[key] != '=') {
        return false;
    }
    value = value_size(span_skip(*rest, key + 1));
    ret->name = span_head(*rest, key);
    ret->value = without_quotes(span_head(span_skip(*rest, key + 1), value));
    *rest = span_skip(*rest, key + 1 + value);
    (void)take_blanks(rest);
    return true;
}

static enum severity severity_of(struct span level)
{
    static const struct {
        const char *name;
        enum severity severity;
    } levels[] = {
        { "trace", SEVERITY_DEBUG },    { "debug", SEVERITY_DEBUG },
        { "info", SEVERITY_INFO },      { "warning", SEVERITY_WARNING },
        { "warn", SEVERITY_WARNING },   { "error", SEVERITY_ERROR },
        { "fatal", SEVERITY_CRITICAL }, { "panic", SEVERITY_CRITICAL },
    };

    for (size_t i = 0; i < N_ELEMENTS(levels); i++) {
        if (span_is(level, levels[i].name)) {
            return levels[i].severity;
        }
    }
    return SEVERITY_UNKNOWN;
}

static void set_time(const struct format_context *context, struct span stamp, struct entry *entry)
{
    struct span rest = stamp;
    struct logtime time;

    if (entry->when.time_us != TIME_UNKNOWN || !logtime_iso(&rest, &time)) {
        return;
    }
    entry->when = logtime_moment(&time, context);
    entry->stamp = stamp;
}

/* The format on a terminal: `WARN[0012] text`, `INFO[2024-06-12T13:46:40Z] text`. */
static bool refine_terminal(const struct format_context *context, struct entry *entry)
{
    static const char *const names[] = { "TRAC", "DEBU", "INFO", "WARN", "ERRO", "FATA", "PANI" };
    static const enum severity severities[] = { SEVERITY_DEBUG,   SEVERITY_DEBUG, SEVERITY_INFO,
                                                SEVERITY_WARNING, SEVERITY_ERROR, SEVERITY_CRITICAL,
                                                SEVERITY_CRITICAL };
    struct span rest = span_skip(entry->message, 5), stamp, level = span_head(entry->message, 4);
    size_t i = 0;

    if (entry->message.size < 6 || entry->message.data[4] != '[' || !is_digit(rest.data[0])) {
        return false;
    }
    while (i < N_ELEMENTS(names) && !span_is(level, names[i])) {
        i++;
    }
    if (i == N_ELEMENTS(names) || span_find_byte(rest, ']') < 0 || !span_cut(&rest, ']', &stamp)) {
        return false;
    }
    set_time(context, stamp, entry);
    entry->severity = severities[i];
    entry->message = span_trim(rest);
    return true;
}

static void append_fields(struct entry *entry, const struct field *fields, size_t n,
                          struct arena *arena)
{
    struct field *all;

    if (n == 0) {
        return;
    }
    all = ARENA_ARRAY(arena, struct field, entry->n_fields + n);
    if (entry->n_fields) {
        memcpy(all, entry->fields, entry->n_fields * sizeof(*all));
    }
    memcpy(all + entry->n_fields, fields, n * sizeof(*all));
    entry->fields = all;
    entry->n_fields += n;
}

/* k0s and others forward the output of their children: the child is the sender. */
static void set_component(struct entry *entry, const struct field *fields, size_t n)
{
    for (size_t i = 0; i < n && span_empty(entry->identifier); i++) {
        if (span_is(fields[i].name, "component")) {
            entry->identifier = fields[i].value;
        }
    }
}

/* The value of `msg=` is quoted like klog: `"text" key="value"`. */
static void take_message(const struct format_context *context, struct span rest,
                         struct entry *entry)
{
    const struct field *fields = NULL;
    size_t n = 0;

    entry->message = klog_unquote(rest, context->arena, &fields, &n);
    append_fields(entry, fields, n, context->arena);
    set_component(entry, fields, n);
}

/* Starts with `time=` or `level=`: two letters exclude nearly all other lines. */
static bool may_be_pairs(struct span text)
{
    return span_starts(text, SPAN("time=")) || span_starts(text, SPAN("level=")) ||
           span_starts(text, SPAN("ts="));
}

bool logrus_refine(const struct format_context *context, struct entry *entry)
{
    struct span rest = entry->message, level = { 0 }, stamp = { 0 };
    struct field pair;

    if (!may_be_pairs(rest)) {
        return refine_terminal(context, entry);
    }
    while (!span_starts(rest, SPAN("msg="))) {
        if (!cut_pair(&rest, &pair)) {
            return false;
        }
        if (span_is(pair.name, "level")) {
            level = pair.value;
        } else if (span_is(pair.name, "time") || span_is(pair.name, "ts")) {
            stamp = pair.value;
        }
    }
    if (severity_of(level) == SEVERITY_UNKNOWN) {
        return false;
    }
    entry->severity = severity_of(level);
    set_time(context, stamp, entry);
    take_message(context, span_skip(rest, strlen("msg=")), entry);
    return true;
}

/* The header of systemctl status, up to the empty line before its log lines; systemctl(1).
 *
 *   ● kubelet.service - kubelet: The Kubernetes Node Agent
 *      Loaded: loaded (/lib/systemd/system/kubelet.service; enabled; vendor preset: enabled)
 *      Active: activating (auto-restart) (Result: exit-code) since Sun 2019-04-07 22:06:29 PDT
 *    Main PID: 19593 (code=exited, status=255)
 *
 * A header is one entry, whose message is its lines without indentation. The log lines after it
 * belong to another format: every line that is not part of a header starts a record, which another
 * format may accept. */

#include "format/format.h"

#include "base/buf.h"
#include "format/logtime.h"

#include <errno.h>

/* The mark before the unit: its state, and the substitutes without UTF-8. systemd 208 had none. */
static struct span skip_mark(struct span line)
{
    static const struct span marks[] = {
        { "● ", sizeof("● ") - 1 },
        { "○ ", sizeof("○ ") - 1 },
        { "× ", sizeof("× ") - 1 },
        { "↻ ", sizeof("↻ ") - 1 },
        { "* ", 2 },
        { "x ", 2 },
        { "u ", 2 },
    };

    for (size_t i = 0; i < N_ELEMENTS(marks); i++) {
        if (span_starts(line, marks[i])) {
            return span_skip(line, marks[i].size);
        }
    }
    return line;
}

static bool is_unit(struct span word)
{
    static const char *const types[] = { ".service", ".socket", ".mount", ".automount",
                                         ".swap",    ".slice",  ".scope", ".timer",
                                         ".target",  ".path",   ".device" };

    for (size_t i = 0; i < N_ELEMENTS(types); i++) {
        if (word.size > strlen(types[i]) && span_ends(word, span_of(types[i]))) {
            return true;
        }
    }
    return false;
}

/* `● kubelet.service - kubelet: The Kubernetes Node Agent`, `● kubelet.service` */
static bool read_head(struct span line, struct span *ret_unit)
{
    struct span text = span_trim(line), rest = skip_mark(text), unit;
    bool marked = rest.size < text.size;

    if (!span_word(&rest, &unit)) {
        return false;
    }
    if (!span_starts(rest, SPAN(" - ")) && !(marked && span_empty(rest))) {
        return false;
    }
    if (!is_unit(unit)) {
        return false;
    }
    *ret_unit = unit;
    return true;
}

/* The value after `key` and its colon; the empty span if it is another line. */
static struct span value_of(struct span line, const char *key)
{
    line = span_trim(line);
    if (!span_starts(line, span_of(key))) {
        return (struct span){ 0 };
    }
    return span_trim(span_skip(line, strlen(key)));
}

/* Lines that are meaningful alone, even without the rest of the header. */
static bool is_state(struct span line)
{
    static const char *const states[] = { "active (",     "inactive (",     "failed (",
                                          "activating (", "deactivating (", "reloading (" };
    struct span text = span_trim(line), active, pid, loaded;

    if (text.size == 0 || !strchr("AML", text.data[0]) || !text.data[0]) {
        return false; /* nearly every line */
    }
    active = value_of(text, "Active:");
    pid = value_of(text, "Main PID:");
    loaded = value_of(text, "Loaded:");
    for (size_t i = 0; i < N_ELEMENTS(states); i++) {
        if (span_starts(active, span_of(states[i]))) {
            return true;
        }
    }
    return (pid.size && pid.data[0] >= '1' && pid.data[0] <= '9') ||
           span_starts(loaded, SPAN("loaded (")) || span_starts(loaded, SPAN("not-found (")) ||
           span_starts(loaded, SPAN("masked ("));
}

/* The other lines of a header, which are only meaningful below it. If the indentation was lost, the
 * key still identifies them; `Status:` and similar keys are too common to be accepted without it.
 */
static bool continues_head(struct span line)
{
    static const char *const keys[] = { "Drop-In: ",  "Docs: ",      "Process: ", "Tasks: ",
                                        "Memory: ",   "CPU: ",       "CGroup: ",  "TriggeredBy: ",
                                        "Triggers: ", "Invocation: " };

    if (span_empty(span_trim(line))) {
        return false;
    }
    if (line.data[0] == ' ' || line.data[0] == '\t' || is_state(line)) {
        return true;
    }
    for (size_t i = 0; i < N_ELEMENTS(keys); i++) {
        if (line.data[0] == keys[i][0] && span_starts(line, span_of(keys[i]))) {
            return true;
        }
    }
    return span_starts(line, SPAN("└─")) || span_starts(line, SPAN("├─"));
}

static bool begins(struct span line)
{
    struct span unit;

    return !continues_head(line) || read_head(line, &unit);
}

/* Many log lines follow, which belong to another format. */
static bool starts_with_head(struct span head)
{
    struct span line, unit;

    if (span_find_byte(head, '\n') < 0) {
        return false; /* a line alone */
    }
    while (span_cut(&head, '\n', &line)) {
        if (!span_empty(span_trim(line))) {
            return read_head(line, &unit) && span_cut(&head, '\n', &line) && is_state(line);
        }
    }
    return false;
}

static int bid(struct span head)
{
    struct span line, unit;
    int sum = 0, lines = 0;

    if (starts_with_head(head)) {
        return BID_SURE;
    }
    while (span_cut(&head, '\n', &line)) {
        if (span_empty(span_trim(line))) {
            continue;
        }
        lines++;
        if (read_head(line, &unit) || is_state(line)) {
            sum += BID_SURE;
        } else if (continues_head(line)) {
            sum += BID_FALLBACK;
        }
    }
    return lines ? sum / lines : BID_NO;
}

/* `since Sun 2019-04-07 22:06:29 PDT; 295ms ago` */
static void read_since(const struct format_context *context, struct span active,
                       struct entry *entry)
{
    ptrdiff_t at = span_find(active, SPAN(" since "));
    struct span since = span_skip(active, (size_t)at + strlen(" since "));
    struct span rest = since;
    struct logtime time;

    if (at < 0 || !logtime_full(&rest, &time)) {
        return;
    }
    entry->stamp = span_head(since, since.size - rest.size);
    entry->when = logtime_moment(&time, context);
}

/* The text in the first brackets that start with `opening`, or the empty span. */
static struct span bracketed(struct span text, const char *opening)
{
    ptrdiff_t at = span_find(text, span_of(opening));
    struct span inner;

    if (at < 0) {
        return (struct span){ 0 };
    }
    text = span_skip(text, (size_t)at + strlen(opening));
    return span_find_byte(text, ')') >= 0 && span_cut(&text, ')', &inner) ? inner
                                                                          : (struct span){ 0 };
}

enum {
    FIELDS = 4,
    HEAD_LINES = 64, /* more are processes of the CGroup tree */
};

static void add_field(struct entry *entry, struct field *fields, const char *name,
                      struct span value)
{
    if (!span_empty(value)) {
        fields[entry->n_fields++] = (struct field){ span_of(name), value };
    }
}

static void read_active(const struct format_context *context, struct span active,
                        struct entry *entry, struct field *fields)
{
    struct span rest = active, state;

    if (entry->n_fields + 3 > FIELDS || !span_word(&rest, &state)) {
        return;
    }
    add_field(entry, fields, "active", state);
    add_field(entry, fields, "sub", bracketed(active, "("));
    add_field(entry, fields, "result", bracketed(active, "(Result: "));
    read_since(context, active, entry);
}

static void read_line(const struct format_context *context, struct span line, struct entry *entry,
                      struct field *fields)
{
    struct span active = value_of(line, "Active:"), pid = value_of(line, "Main PID:");
    struct span invocation = value_of(line, "Invocation:"), word;
    uint64_t number;

    if (!span_empty(active)) {
        read_active(context, active, entry, fields);
    }
    if (span_word(&pid, &word) && span_to_uint(word, &number) && number <= INT32_MAX) {
        entry->pid = (int64_t)number;
    }
    if (!span_empty(invocation)) {
        entry->invocation = invocation;
    }
}

static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct field *fields = ARENA_ARRAY(context->arena, struct field, FIELDS);
    struct span rest = record, line, unit;

    if (span_empty(span_trim(record)) || !span_cut(&rest, '\n', &line)) {
        return 0;
    }
    if (read_head(line, &unit)) {
        ret->unit = ret->about_unit = unit;
        add_field(ret, fields, "UNIT", unit);
    } else if (!is_state(line)) {
        return -EBADMSG;
    }
    for (size_t n = 0; n < HEAD_LINES && span_cut(&record, '\n', &line); n++) {
        read_line(context, line, ret, fields);
        if (text.size) {
            buf_add_byte(&text, '\n');
        }
        buf_add(&text, span_trim(line));
    }
    ret->transport = SPAN("status");
    ret->message = arena_copy(context->arena, buf_span(&text));
    ret->fields = fields;
    return 1;
}

const struct format format_systemctl_status = {
    .name = "systemctl-status",
    .summary = "the header of systemctl status",
    .spec = "man:systemctl(1)",
    .bid = bid,
    .begins = begins,
    .decode = decode,
};

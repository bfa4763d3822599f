/* Kubernetes events and conditions in the tables of kubectl, as pasted: kubectl describe node|pod,
 * kubectl get events, kubectl events; columns separated by spaces or tabs, or by a single space.
 * https://kubernetes.io/docs/reference/kubectl/generated/kubectl_describe/
 *
 *   Warning  EvictionThresholdMet  7m48s (x38 over 2d5h)  kubelet, node01  Attempting to reclaim
 *
 * Rows are recognised by their words, not by the columns of the header: they are often pasted
 * without the header and with collapsed whitespace. */

#include "format/format.h"

#include "format/event.h"
#include "format/logtime.h"

#include <errno.h>

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_alnum(char c)
{
    return is_upper(c) || is_lower(c) || is_digit(c);
}

/* --- Words: each cuts its kind of word off `*rest`, or leaves it unchanged. ------------------- */

/* `5m57s`, `9d`, `2d5h`, `<unknown>`, `<invalid>` */
static bool is_age(struct span word)
{
    bool digits = false;

    if (span_is(word, "<unknown>") || span_is(word, "<invalid>")) {
        return true;
    }
    for (size_t i = 0; i < word.size; i++) {
        if (is_digit(word.data[i])) {
            digits = true;
        } else if (digits && strchr("smhdy", word.data[i]) && word.data[i]) {
            digits = false;
        } else {
            return false;
        }
    }
    return word.size > 0 && !digits;
}

static bool cut_age(struct span *rest, struct span *ret)
{
    struct span behind = *rest, word;

    if (!span_word(&behind, &word) || !is_age(word)) {
        return false;
    }
    *ret = word;
    *rest = behind;
    return true;
}

/* `FailedCreatePodSandBox`, `OutOfcpu`: a capital, followed by letters and digits. */
static bool cut_reason(struct span *rest, struct span *ret)
{
    struct span behind = *rest, word;

    if (!span_word(&behind, &word) || word.size < 3 || !is_upper(word.data[0])) {
        return false;
    }
    for (size_t i = 1; i < word.size; i++) {
        if (!is_alnum(word.data[i])) {
            return false;
        }
    }
    *ret = word;
    *rest = behind;
    return true;
}

static bool is_type(struct span word)
{
    return span_is(word, "Normal") || span_is(word, "Warning");
}

static bool cut_type(struct span *rest, struct span *ret)
{
    struct span behind = *rest, word;

    if (!span_word(&behind, &word) || !is_type(word)) {
        return false;
    }
    *ret = word;
    *rest = behind;
    return true;
}

static bool cut_count(struct span *rest, struct span *ret)
{
    struct span behind = *rest, word;
    uint64_t count;

    if (!span_word(&behind, &word) || !span_to_uint(word, &count)) {
        return false;
    }
    *ret = word;
    *rest = behind;
    return true;
}

/* ` (x38 over 2d5h)` after an age; optional. */
static void cut_repeats(struct span *rest, struct cluster_event *event)
{
    struct span behind = *rest, times, over, age;
    uint64_t count;

    if (!span_word(&behind, &times) || !span_starts(times, SPAN("(x")) ||
        !span_to_uint(span_skip(times, 2), &count) || !span_word(&behind, &over) ||
        !span_is(over, "over") || !span_word(&behind, &age) || !span_ends(age, SPAN(")")) ||
        !is_age(span_head(age, age.size - 1))) {
        return;
    }
    event->count = span_skip(times, 2);
    event->first_seen = span_head(age, age.size - 1);
    *rest = behind;
}

/* `node/node01`, `pod/nginx-7c5`, `horizontalpodautoscaler/x` */
static bool cut_object(struct span *rest, struct span *ret)
{
    struct span behind = *rest, word;
    ptrdiff_t slash;

    if (!span_word(&behind, &word) || !is_lower(word.data[0])) {
        return false;
    }
    slash = span_find_byte(word, '/');
    if (slash < 0 || (size_t)slash + 1 == word.size) {
        return false;
    }
    for (ptrdiff_t i = 0; i < slash; i++) {
        if (!is_alnum(word.data[i]) && word.data[i] != '.') {
            return false;
        }
    }
    *ret = word;
    *rest = behind;
    return true;
}

static bool is_component(struct span word)
{
    for (size_t i = 0; i < word.size; i++) {
        if (!is_alnum(word.data[i]) && (!word.data[i] || !strchr("._-/", word.data[i]))) {
            return false;
        }
    }
    return word.size > 0;
}

/* `kubelet, node01`, `kubelet`, and up to 1.4 `{kubelet node01}`. Optional: without it a message
 * starts here, whose first word is not a component unless a wide gap follows it. */
static bool cut_from(struct span *rest, struct cluster_event *event)
{
    struct span behind = *rest, word, host = { 0 };
    bool braces, comma, gap;

    if (!span_word(&behind, &word)) {
        return false;
    }
    braces = span_starts(word, SPAN("{"));
    comma = span_ends(word, SPAN(","));
    word = span_skip(word, braces);
    word.size -= comma;
    gap = behind.size > 1 && (behind.data[0] == '\t' || behind.data[1] == ' ');
    if (braces && (!span_word(&behind, &host) || !span_ends(host, SPAN("}")))) {
        return false;
    }
    host.size -= braces;
    if (comma && !span_word(&behind, &host)) {
        return false;
    }
    if (!is_component(word) || !(braces || comma || gap || is_lower(word.data[0]))) {
        return false;
    }
    event->component = word;
    event->host = host;
    *rest = behind;
    return true;
}

/* `spec.containers{nginx}`; optional. */
static void cut_sub_object(struct span *rest, struct cluster_event *event)
{
    struct span behind = *rest, word;

    if (!span_word(&behind, &word) || !span_starts(word, SPAN("spec.")) ||
        !span_ends(word, SPAN("}"))) {
        return;
    }
    event->sub_object = word;
    *rest = behind;
}

/* A word before all others that can be a namespace: lower-case letters, digits, '-'. */
static void cut_namespace(struct span *rest, struct cluster_event *event)
{
    struct span behind = *rest, word;

    if (!span_word(&behind, &word) || !is_alnum(word.data[0]) || is_age(word)) {
        return;
    }
    for (size_t i = 0; i < word.size; i++) {
        if (!is_lower(word.data[i]) && !is_digit(word.data[i]) && word.data[i] != '-') {
            return;
        }
    }
    event->namespace = word;
    *rest = behind;
}

/* --- Rows ------------------------------------------------------------------------------------ */

/* kubectl describe since 1.8: Type Reason Age From Message */
static bool read_described(struct span row, struct cluster_event *event)
{
    if (!cut_type(&row, &event->type) || !cut_reason(&row, &event->reason) ||
        !cut_age(&row, &event->last_seen)) {
        return false;
    }
    cut_repeats(&row, event);
    (void)cut_from(&row, event);
    event->message = span_trim(row);
    return !span_empty(event->message);
}

/* Before: FirstSeen LastSeen Count From SubObjectPath Type Reason Message */
static bool read_described_1_7(struct span row, struct cluster_event *event)
{
    if (!cut_age(&row, &event->first_seen) || !cut_age(&row, &event->last_seen) ||
        !cut_count(&row, &event->count) || !cut_from(&row, event)) {
        return false;
    }
    cut_sub_object(&row, event);
    if (!cut_type(&row, &event->type) || !cut_reason(&row, &event->reason)) {
        return false;
    }
    event->message = span_trim(row);
    return !span_empty(event->message);
}

/* The name of an event, in the last column of -o wide: `node01.17d1b3a2c4e5f607`. */
static bool is_event_name(struct span word)
{
    if (word.size < 18 || word.data[word.size - 17] != '.') {
        return false;
    }
    for (size_t i = word.size - 16; i < word.size; i++) {
        if (!is_digit(word.data[i]) && !(word.data[i] >= 'a' && word.data[i] <= 'f')) {
            return false;
        }
    }
    return true;
}

static struct span cut_last_word(struct span *rest)
{
    struct span text = span_trim(*rest);
    size_t start = text.size;

    while (start && text.data[start - 1] != ' ' && text.data[start - 1] != '\t') {
        start--;
    }
    *rest = span_head(text, start);
    return span_skip(text, start);
}

/* -o wide has SUBOBJECT SOURCE before the message and FIRST SEEN, COUNT, NAME after it; only the
 * name at the end distinguishes such a row. */
static void read_wide(struct span *row, struct cluster_event *event)
{
    struct span text = *row, count, first;
    uint64_t number;

    if (!is_event_name(cut_last_word(&text))) {
        return;
    }
    count = cut_last_word(&text);
    first = cut_last_word(&text);
    if (!span_to_uint(count, &number) || !is_age(first)) {
        return;
    }
    event->count = count;
    event->first_seen = first;
    cut_sub_object(&text, event);
    (void)cut_from(&text, event);
    *row = text;
}

/* kubectl get events since 1.14: [NAMESPACE] LAST-SEEN TYPE REASON OBJECT MESSAGE */
static bool read_listed(struct span row, struct cluster_event *event)
{
    cut_namespace(&row, event);
    if (!cut_age(&row, &event->last_seen)) {
        return false;
    }
    cut_repeats(&row, event);
    if (!cut_type(&row, &event->type) || !cut_reason(&row, &event->reason) ||
        !cut_object(&row, &event->object)) {
        return false;
    }
    read_wide(&row, event);
    event->message = span_trim(row);
    return !span_empty(event->message);
}

/* Before: [NAMESPACE] LAST-SEEN FIRST-SEEN COUNT NAME KIND SUBOBJECT TYPE REASON SOURCE MESSAGE; up
 * to 1.7 the first two in reverse order. */
static bool read_listed_1_13(struct span row, struct cluster_event *event)
{
    struct span name, kind;

    cut_namespace(&row, event);
    if (!cut_age(&row, &event->last_seen) || !cut_age(&row, &event->first_seen) ||
        !cut_count(&row, &event->count) || !span_word(&row, &name) || !is_event_name(name) ||
        !cut_reason(&row, &kind)) {
        return false;
    }
    cut_sub_object(&row, event);
    if (!cut_type(&row, &event->type) || !cut_reason(&row, &event->reason) ||
        !cut_from(&row, event)) {
        return false;
    }
    if (span_is(kind, "Node") && span_empty(event->host)) {
        event->host = span_head(name, name.size - 17);
    }
    event->message = span_trim(row);
    return !span_empty(event->message);
}

/* A time of a condition; `<unknown>` is ignored. */
static bool cut_time(struct span *rest, struct span *ret_text, struct moment *ret)
{
    struct span text = span_trim(*rest), behind = text, word;

    if (span_word(&behind, &word) && span_is(word, "<unknown>")) {
        *rest = behind;
        return true;
    }
    behind = text;
    if (!event_cut_date(&behind, ret)) {
        return false;
    }
    *ret_text = span_head(text, text.size - behind.size);
    *rest = behind;
    return true;
}

/* kubectl describe node: Type Status LastHeartbeatTime LastTransitionTime Reason Message. The time
 * of the entry is that of the transition; a heartbeat only repeats it. */
/* A problem is reported of the time when it began, health of the time when it was seen last. */
static bool states_health(const struct cluster_event *event)
{
    return span_is(event->condition, "Ready") && span_is(event->status, "True");
}

static bool is_status(struct span word)
{
    return span_is(word, "True") || span_is(word, "False") || span_is(word, "Unknown");
}

static bool read_condition(struct span row, struct cluster_event *event)
{
    struct moment heartbeat = MOMENT_UNKNOWN;

    if (!cut_reason(&row, &event->condition) || !span_word(&row, &event->status) ||
        !is_status(event->status) || !cut_time(&row, &event->last_seen, &heartbeat) ||
        !cut_time(&row, &event->first_seen, &event->when) || !cut_reason(&row, &event->reason)) {
        return false;
    }
    event->stamp = event->first_seen;
    if (states_health(event)) {
        event->when = heartbeat;
        event->stamp = event->last_seen;
    }
    event->message = span_trim(row);
    return !span_empty(event->message);
}

/* Every row has one of these in its first two words; nearly no other line has. */
static bool may_be_row(struct span row)
{
    struct span first, second;

    if (!span_word(&row, &first) || !span_word(&row, &second)) {
        return false;
    }
    return is_type(first) || is_age(first) || is_age(second) || is_status(second);
}

static bool read_row(struct span row, struct cluster_event *ret)
{
    static bool (*const readers[])(struct span, struct cluster_event *) = {
        read_described, read_listed, read_condition, read_described_1_7, read_listed_1_13,
    };

    if (!may_be_row(row)) {
        return false;
    }
    for (size_t i = 0; i < N_ELEMENTS(readers); i++) {
        *ret = event_empty();
        if (readers[i](row, ret)) {
            return true;
        }
    }
    return false;
}

/* --- The format ------------------------------------------------------------------------------ */

/* True if the line starts with these words, in this order. */
static bool is_words(struct span line, const char *words)
{
    struct span rest = span_of(words), want, word;

    while (span_word(&rest, &want)) {
        if (!span_word(&line, &word) || !span_equal(word, want)) {
            return false;
        }
    }
    return true;
}

static bool is_header(struct span line)
{
    static const char *const headers[] = {
        "Type Reason Age From Message",    "FirstSeen LastSeen Count From",
        "LAST SEEN TYPE REASON OBJECT",    "NAMESPACE LAST SEEN TYPE REASON",
        "LAST SEEN FIRST SEEN COUNT NAME", "NAMESPACE LAST SEEN FIRST SEEN",
        "FIRSTSEEN LASTSEEN COUNT NAME",   "Type Status LastHeartbeatTime",
    };

    (void)take_blanks(&line);
    for (size_t i = 0; i < N_ELEMENTS(headers) && line.size; i++) {
        if (line.data[0] == headers[i][0] && is_words(line, headers[i])) {
            return true;
        }
    }
    return false;
}

static bool is_decoration(struct span line)
{
    line = span_trim(line);
    if (span_is(line, "Events:") || span_is(line, "Conditions:")) {
        return true;
    }
    for (size_t i = 0; i < line.size; i++) {
        if (line.data[i] != '-' && line.data[i] != ' ' && line.data[i] != '\t') {
            return false;
        }
    }
    return true;
}

static int bid(struct span head)
{
    struct cluster_event event;
    struct span line;
    int sum = 0, lines = 0;

    while (span_cut(&head, '\n', &line)) {
        if (is_decoration(line)) {
            continue;
        }
        lines++;
        if (is_header(line) || read_row(line, &event)) {
            sum += BID_GOOD;
        }
    }
    return lines ? sum / lines : BID_NO;
}

static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    struct cluster_event event;

    if (is_decoration(record) || is_header(record)) {
        return 0;
    }
    if (!read_row(record, &event)) {
        return -EBADMSG;
    }
    event_fill(&event, context->arena, ret);
    return 1;
}

const struct format format_event = {
    .name = "event",
    .summary = "kubectl describe and kubectl get events: tables of events and conditions",
    .spec = "https://kubernetes.io/docs/reference/kubectl/generated/kubectl_describe/",
    .bid = bid,
    .decode = decode,
};

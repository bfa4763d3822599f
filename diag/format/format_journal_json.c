/* The journal as JSON: journalctl -o json, json-pretty, json-sse, json-seq, and lists of such
 * objects. https://systemd.io/JOURNAL_EXPORT_FORMATS/#journal-json-format
 *
 * Values are strings; null where they were too large to print; arrays of byte values where they are
 * not valid UTF-8; arrays of all these where a field was repeated.
 *
 *   { "_HOSTNAME" : "node01", "_PID" : "1", "MESSAGE" : "kubelet.service: Failed with ...", ... }
 */

#include "format/format.h"

#include "base/json.h"
#include "base/limits.h"
#include "entry/journal_fields.h"
#include "format/frame.h"
#include "format/unescape.h"

#include <errno.h>

static struct span skip_lead(struct span text)
{
    return span_skip(text, frame_json_lead(text));
}

/* journalctl writes a message with control characters (colours) as bytes, and a message of more
 * than 4096 bytes without -a as null. */
static bool unescape(char *record, size_t size)
{
    const struct span key = SPAN("\"MESSAGE\"");
    struct span value = unescape_find((struct span){ record, size }, key);

    if (span_starts(value, SPAN("["))) {
        unescape_bytes(record, size, key);
    }
    unescape_text(record, size);
    return !span_starts(value, SPAN("null"));
}

/* Only names that are used by the journal alone; `MESSAGE` is a weak hint. */
static int bid(struct span head)
{
    struct span object = skip_lead(head);

    if (!span_starts(object, SPAN("{"))) {
        return BID_NO;
    }
    object = span_head(object, 16 * 1024);
    if (span_find(object, SPAN("\"__REALTIME_TIMESTAMP\"")) >= 0 ||
        span_find(object, SPAN("\"__CURSOR\"")) >= 0 ||
        span_find(object, SPAN("\"_BOOT_ID\"")) >= 0) {
        return BID_SURE;
    }
    return span_find(object, SPAN("\"MESSAGE\"")) >= 0 ? BID_GOOD : BID_NO;
}

/* An array of numbers is a single value, byte by byte. */
static bool read_bytes(const json_t *array, struct arena *arena, struct span *ret)
{
    size_t size = json_array_size(array);
    char *bytes = arena_alloc(arena, size + 1);

    for (size_t i = 0; i < size; i++) {
        const json_t *item = json_array_get(array, i);
        json_int_t byte = json_is_integer(item) ? json_integer_value(item) : -1;

        if (byte < 0 || byte > 255) {
            return false;
        }
        bytes[i] = (char)(unsigned char)byte;
    }
    *ret = (struct span){ bytes, size };
    return true;
}

static void add_value(struct journal_fields *fields, struct span name, const json_t *value)
{
    struct span text;

    if (json_is_array(value) ? !read_bytes(value, fields->arena, &text) : json_is_object(value)) {
        return;
    }
    if (!json_is_array(value)) {
        text = arena_copy(fields->arena, json_text(value, fields->arena));
    }
    journal_fields_add(fields, name, text);
}

static void add_member(struct journal_fields *fields, struct span name, const json_t *value)
{
    bool repeated = json_is_array(value) && !json_is_integer(json_array_get(value, 0));

    if (!repeated) {
        add_value(fields, name, value);
        return;
    }
    for (size_t i = 0; i < json_array_size(value) && i < LIMIT_FIELDS; i++) {
        add_value(fields, name, json_array_get(value, i));
    }
}

static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    CLEANUP(json_free_at) json_t *json = NULL;
    struct journal_fields fields = { .arena = context->arena };
    struct span object = span_trim(skip_lead(record));
    const char *name;
    json_t *value;

    if (span_empty(object)) {
        return 0;
    }
    /* In a list, a comma or the closing bracket follows the object. */
    while (span_ends(object, SPAN(",")) || span_ends(object, SPAN("]"))) {
        object = span_trim(span_head(object, object.size - 1));
    }
    if (json_read(object, &json) < 0 || !json_is_object(json)) {
        return -EBADMSG;
    }
    json_object_foreach(json, name, value) if (journal_field_name_valid(span_of(name)))
    {
        add_member(&fields, arena_copy(context->arena, span_of(name)), value);
    }
    if (fields.n == 0) {
        return -EBADMSG;
    }
    journal_fields_fill(&fields, ret);
    return 1;
}

const struct format format_journal_json = {
    .name = "journal-json",
    .summary = "journalctl -o json, json-pretty, json-sse, json-seq",
    .spec = "https://systemd.io/JOURNAL_EXPORT_FORMATS/#journal-json-format",
    .bid = bid,
    .frame = frame_json,
    .unescape = unescape,
    .decode = decode,
};

/* jansson, hardened for untrusted text: RFC 8259. */

#include "base/json.h"

#include "base/limits.h"

#include <errno.h>

/* The state of the scan: depth of brackets, and whether inside a string. */
struct depth_scan {
    size_t depth;
    bool in_string, escaped;
};

static void step(struct depth_scan *scan, char c)
{
    if (scan->escaped) {
        scan->escaped = false;
    } else if (scan->in_string) {
        scan->escaped = c == '\\';
        scan->in_string = c != '"';
    } else if (c == '"') {
        scan->in_string = true;
    } else if (c == '{' || c == '[') {
        scan->depth++;
    } else if ((c == '}' || c == ']') && scan->depth) {
        scan->depth--;
    }
}

/* jansson recurses for each level, and its own limit depends on how it was built. */
static bool too_deep(struct span text)
{
    struct depth_scan scan = { 0 };

    for (size_t i = 0; i < text.size; i++) {
        step(&scan, text.data[i]);
        if (scan.depth > LIMIT_JSON_DEPTH) {
            return true;
        }
    }
    return false;
}

int json_read(struct span text, json_t **ret)
{
    json_error_t error;
    json_t *json;

    if (span_empty(text) || too_deep(text)) {
        return -EBADMSG;
    }
    json = json_loadb(text.data, text.size, JSON_ALLOW_NUL | JSON_DECODE_ANY, &error);
    if (!json) {
        return -EBADMSG;
    }
    *ret = json;
    return 0;
}

ptrdiff_t json_extent(struct span text)
{
    struct depth_scan scan = { 0 };

    for (size_t i = 0; i < text.size; i++) {
        bool new_line = i > 0 && text.data[i - 1] == '\n';

        if (new_line && (scan.in_string || text.data[i] == '{')) {
            return -EBADMSG;
        }
        step(&scan, text.data[i]);
        if (scan.depth == 0) {
            return i > 0 ? (ptrdiff_t)i + 1 : -EBADMSG;
        }
    }
    return 0;
}

struct span json_text(const json_t *json, struct arena *arena)
{
    switch (json ? json_typeof(json) : JSON_NULL) {
    case JSON_STRING:
        return (struct span){ json_string_value(json), json_string_length(json) };
    case JSON_INTEGER:
        return span_of(arena_printf(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(json)));
    case JSON_REAL:
        return span_of(arena_printf(arena, "%.17g", json_real_value(json)));
    case JSON_TRUE:
        return SPAN("true");
    case JSON_FALSE:
        return SPAN("false");
    default:
        return (struct span){ 0 };
    }
}

struct span json_member(const json_t *object, const char *key, struct arena *arena)
{
    return json_text(json_object_get(object, key), arena);
}

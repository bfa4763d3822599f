/* Unmatched lines for programs. */

#include "workbench/unmatched_json.h"

#include "base/json.h"
#include "base/utf8.h"

static json_t *text(struct span span)
{
    CLEANUP(buf_done_at) struct buf clean = { 0 };

    utf8_add_clean(&clean, span);
    return span_empty(span) ? json_null() : json_stringn(clean.data, clean.size);
}

static json_t *time_of(const struct moment *when)
{
    CLEANUP(buf_done_at) struct buf out = { 0 };

    if (when->time_us == TIME_UNKNOWN || !when->year_known) {
        return json_null();
    }
    calendar_add_rfc3339(&out, when->time_us, when->zone_minutes, when->zone_known);
    return text(buf_span(&out));
}

static json_t *streams_array(const struct unmatched_list *list, uint64_t set)
{
    const struct streams *streams = &list->rules->streams;
    json_t *array = json_array();

    for (size_t i = 0; i < streams->n; i++) {
        if (set >> i & 1) {
            json_array_append_new(array, json_string(streams->items[i].name));
        }
    }
    return array;
}

static json_t *example_object(const struct unmatched_list *list, const struct unmatched_line *line)
{
    const struct origin *origin = &line->origin;

    return json_pack("{s:o, s:o, s:o, s:I, s:o, s:o, s:o}", "input",
                     text(unmatched_list_input(list, origin)), "member", text(origin->member),
                     "line", origin->line ? json_integer((json_int_t)origin->line) : json_null(),
                     "offset", (json_int_t)origin->offset, "cursor", text(origin->cursor), "stamp",
                     text(line->stamp), "message", text(line->message));
}

static json_t *line_object(const struct unmatched_list *list, const struct unmatched_line *line)
{
    return json_pack(
        "{s:o, s:o, s:s, s:I, s:I, s:o, s:o, s:o}", "template", text(line->template), "streams",
        streams_array(list, line->streams), "severity_hint", severity_hint_name(line->hint),
        "count", (json_int_t)line->count, "before_deaths", (json_int_t)line->before_deaths, "first",
        time_of(&line->first), "last", time_of(&line->last), "example", example_object(list, line));
}

static int add_bytes(const char *bytes, size_t size, void *data)
{
    buf_add(data, (struct span){ bytes, size });
    return 0;
}

void unmatched_json_add(const struct unmatched_list *list, struct buf *out)
{
    json_t *lines = json_array(), *root;

    for (size_t i = 0; i < list->lines.n; i++) {
        json_array_append_new(lines, line_object(list, &list->lines.items[i]));
    }
    root = json_pack("{s:i, s:I, s:I, s:o}", "schema", 1, "deaths", (json_int_t)list->lines.deaths,
                     "forgotten", (json_int_t)list->lines.forgotten, "unmatched", lines);
    (void)json_dump_callback(root, add_bytes, out, JSON_INDENT(2));
    buf_add_byte(out, '\n');
    json_decref(root);
}

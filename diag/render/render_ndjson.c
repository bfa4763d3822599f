/* One finding a line, the last line a summary: for programs that read as it comes.
 *
 *   {"schema":1,"type":"finding","change":"opened","id":"kubelet/swap-enabled@kmaster135", ...}
 *   {"schema":1,"type":"summary","exit":{"code":1,"reason":"findings"}, ...}
 *
 * Specification: ndjson.org; the other keys are those of -o json. `change` is null where nothing
 * is followed. `id` names the same finding in every line about it. */

#include "render/report_json.h"

static void add_line(struct buf *out, const char *type, json_t *rest)
{
    json_t *line = json_pack("{s:i, s:s}", "schema", 1, "type", type);

    json_object_update(line, rest);
    json_decref(rest);
    report_json_add(out, line, JSON_COMPACT);
}

static json_t *change_object(const struct change *change)
{
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o}", "change",
        change->kind == CHANGE_NONE ? json_null() : json_string(change_kind_name(change->kind)),
        "id", report_json_text(change->id), "rule", report_json_text(change->rule), "host",
        report_json_text(change->host), "boot", report_json_text(change->boot));
}

static void render_change(const struct report *report, const struct change *change,
                          const struct render_options *options, struct buf *out)
{
    json_t *object = change_object(change);

    if (change->finding) {
        json_t *finding = report_json_finding(report, options, change->node, change->finding);

        json_object_update(object, finding);
        json_decref(finding);
    }
    add_line(out, "finding", object);
}

static void render_summary(const struct report *report, const struct render_options *options,
                           struct buf *out)
{
    add_line(out, "summary", report_json_summary(report, options));
}

static void render(const struct report *report, const struct render_options *options,
                   struct buf *out)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    const struct change *changes;
    size_t n = change_list(report, arena, &changes);

    for (size_t i = 0; i < n; i++) {
        render_change(report, &changes[i], options, out);
    }
    render_summary(report, options, out);
}

const struct renderer renderer_ndjson = {
    .name = "ndjson",
    .summary = "one finding a line, the last line a summary",
    .render = render,
    .render_change = render_change,
    .render_summary = render_summary,
};

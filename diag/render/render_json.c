/* One JSON document, schema 1. All keys are always there; null means unknown.
 *
 *   {"schema": 1, "version": "0.1.0", "exit": {"code": 1, "reason": "findings"},
 *    "verdict": {"root_causes": ["kubelet/swap-enabled"]}, "inputs": [...], "nodes": [...], ...}
 *
 * Specification: RFC 8259, RFC 3339. A time without a known year is null;
 * `stamp` is its text in the log. */

#include "render/report_json.h"

static void render(const struct report *report, const struct render_options *options,
                   struct buf *out)
{
    json_t *document = report_json_summary(report, options);

    json_object_set_new(document, "nodes", report_json_nodes(report, options));
    report_json_add(out, document, JSON_INDENT(2));
}

const struct renderer renderer_json = {
    .name = "json",
    .summary = "one JSON document, schema 1",
    .render = render,
};

#ifndef NODECAUSE_RENDER_REPORT_JSON_H
#define NODECAUSE_RENDER_REPORT_JSON_H

#include "render/render.h"

#include <jansson.h>

/* The pieces of a report in JSON, schema 1, for the renderers made of them. The caller releases
 * what is returned. */

/* All but the findings: schema, version, exit, verdict, bundles, inputs, unexplained, blind_spots, stats. */
json_t *report_json_summary(const struct report *report, const struct render_options *options);

/* Hosts with their findings. */
json_t *report_json_nodes(const struct report *report, const struct render_options *options);

json_t *report_json_finding(const struct report *report, const struct render_options *options,
                            const struct node *node, const struct finding *finding);

/* A bundle, with the files of it that are not read. */
json_t *report_json_bundle(const struct report_bundle *bundle);

/* A text, with invalid UTF-8 replaced; null when it is empty. */
json_t *report_json_text(struct span span);

/* Appends the object and a newline, and releases it. `flags` are those of json_dumps(). */
void report_json_add(struct buf *out, json_t *object, size_t flags);

#endif

#ifndef NODECAUSE_RENDER_JSON_FINDING_H
#define NODECAUSE_RENDER_JSON_FINDING_H

#include "render/json_value.h"

/* A line of the log that shows something. The caller releases it. */
json_t *json_evidence(const struct json_report *json, const struct evidence *evidence);

/* The finding, of that node, as an object. The caller releases it. */
json_t *json_finding(const struct json_report *json, const struct node *node,
                     const struct finding *finding);

#endif

/* A renderer that only tests/extend/run.py adds: the explanations of the root causes.
 *
 *   acme: The gauge p1 burst at a limit of 12. */

#include "render/render.h"

static void render(const struct report *report, const struct render_options *options,
                   struct buf *out)
{
    (void)options;
    for (size_t i = 0; i < report->n_nodes; i++) {
        const struct node *node = &report->nodes[i];

        for (size_t j = 0; j < node->n_findings; j++) {
            buf_printf(out, "acme: %s\n", node->findings[j].explain);
        }
    }
}

const struct renderer renderer_acme = {
    .name = "acme",
    .summary = "explanations only",
    .render = render,
};

/* The line that names a root.
 *
 *   kmaster135: Swap is enabled, so the kubelet refuses to start */

#include "finding/root_line.h"

#include <string.h>

static uint64_t count_titles(const struct node *node, size_t from, const char *title)
{
    uint64_t n = 0;

    for (size_t i = from; i < node->n_findings; i++) {
        n += finding_is_named(&node->findings[i]) && strcmp(node->findings[i].title, title) == 0;
    }
    return n;
}

bool root_line_is_repetition(const struct node *node, size_t finding)
{
    const char *title = node->findings[finding].title;

    return count_titles(node, 0, title) != count_titles(node, finding, title);
}

void root_line_add(struct buf *out, const struct node *node, size_t finding)
{
    const struct finding *root = &node->findings[finding];
    uint64_t n = count_titles(node, finding, root->title);

    if (!span_empty(node->host)) {
        buf_add(out, node->host);
        buf_add_string(out, ": ");
    }
    buf_add_string(out, root->title);
    if (n > 1) {
        buf_printf(out, " (%llu times)", (unsigned long long)n);
    }
    if (root->confidence != CONFIDENCE_CERTAIN) {
        buf_printf(out, " (%s)", finding_confidence_name(root->confidence));
    }
    if (root->status != STATUS_ONGOING) {
        buf_printf(out, " (%s)", finding_status_name(root->status));
    }
}

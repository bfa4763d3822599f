/* What was wrong before.
 *
 *   BEFORE              Swap is enabled, so the kubelet refuses to start
 *                       kubelet/swap-enabled, superseded, last seen Jun 02 10:04:50, 30 times */

#include "render/text_before.h"

#include "render/text_group.h"
#include "render/text_nodes.h"

static bool is_listed(const struct finding *finding)
{
    return finding->role == FINDING_ROOT && finding->severity >= RULE_WARNING &&
           !finding_status_is_current(finding->status);
}

/* The last one of its group. */
static const struct finding *last_of(const struct node *node, const struct finding *finding)
{
    const struct finding *next;

    while ((next = text_group_next(node, finding))) {
        finding = next;
    }
    return finding;
}

static void add_finding(const struct text_report *text, const struct node *node,
                        const struct finding *finding, const char *label)
{
    const struct finding *last = last_of(node, finding);
    uint64_t count = text_group_count(node, finding);
    CLEANUP(buf_done_at) struct buf line = { 0 };
    CLEANUP(buf_done_at) struct buf when = { 0 };

    text_add_node_name(text, node, &line);
    buf_printf(&line, "%s: %s", finding_status_name(finding->status), finding->title);
    text_add_time(text, &when, &last->last, last->last_stamp);
    if (when.size) {
        buf_add_string(&line, ", last seen ");
        buf_add(&line, buf_span(&when));
    }
    if (count > 1) {
        buf_add_string(&line, ", ");
        text_add_count(&line, count, "time", "times");
    }
    writer_paragraph(&text->writer, TEXT_INDENT, label, buf_span(&line));
}

void text_add_before(const struct text_report *text)
{
    const char *label = "BEFORE";

    if (text->options->all) {
        return;
    }
    for (size_t i = 0; i < text->report->n_nodes; i++) {
        const struct node *node = &text->report->nodes[i];

        for (size_t k = 0; k < node->n_findings; k++) {
            if (!is_listed(&node->findings[k]) ||
                text_group_has_earlier(node, &node->findings[k])) {
                continue;
            }
            if (*label) {
                text_blank_line(text);
            }
            add_finding(text, node, &node->findings[k], label);
            label = "";
        }
    }
}

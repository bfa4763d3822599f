/* Units that do not run though nothing failed.
 *
 *   STOPPED             kubelet.service
 *     evidence
 *       messages:7  Jun 02 11:00:41 systemd[1]
 *         Stopping kubelet.service - kubelet: The Kubernetes Node Agent... */

#include "render/text_units.h"

#include "render/text_evidence.h"
#include "render/text_nodes.h"

static void add_unit(const struct text_report *text, const struct node *node,
                     const struct node_unit *unit)
{
    CLEANUP(buf_done_at) struct buf label = { 0 };
    CLEANUP(buf_done_at) struct buf line = { 0 };

    text_add_upper(&label, unit->listed                  ? "not running"
                           : unit->state == UNIT_STOPPED ? "stopped"
                                                         : "not started");
    text_add_node_name(text, node, &line);
    buf_add(&line, unit->unit);
    if (unit->stopped_by) {
        buf_add_string(&line, ": ");
        buf_add_string(&line, unit->stopped_by);
    } else if (unit->state == UNIT_STOPPED && !unit->listed) {
        buf_add_string(&line, ": systemd was asked to stop it; by whom is not in the log");
    } else if (unit->state == UNIT_NEVER_STARTED) {
        buf_add_string(&line, ": the last boot was read from its beginning, without a line of it. "
                              "That the node has it:");
    }
    text_blank_line(text);
    writer_paragraph(&text->writer, TEXT_INDENT, label.data, buf_span(&line));
    text_add_evidence_list(text, unit->evidence, unit->n_evidence);
}

void text_add_units(const struct text_report *text)
{
    for (size_t i = 0; i < text->report->n_nodes; i++) {
        const struct node *node = &text->report->nodes[i];

        for (size_t k = 0; k < node->n_units; k++) {
            if (node_unit_is_off(&node->units[k])) {
                add_unit(text, node, &node->units[k]);
            }
        }
    }
}

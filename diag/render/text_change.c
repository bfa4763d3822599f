/* What became of a finding of a log that is followed. */

#include "render/text_change.h"

#include "render/text_finding.h"

static void add_causes(struct buf *line, const struct node *node, const struct finding *finding)
{
    for (size_t i = 0; i < finding->n_explained_by; i++) {
        buf_printf(line, "%s %s", i ? "," : ", caused by",
                   node->findings[finding->explained_by[i]].rule->id);
    }
}

/* `UPDATED             node01: kubelet.service restarts repeatedly: ongoing, seen 16 times` */
static void add_known(const struct text_report *text, const struct change *change)
{
    const struct finding *finding = change->finding;
    CLEANUP(buf_done_at) struct buf label = { 0 };
    CLEANUP(buf_done_at) struct buf line = { 0 };

    if (!span_empty(change->host)) {
        buf_add(&line, change->host);
        buf_add_string(&line, ": ");
    }
    if (!finding) {
        buf_add(&line, change->rule);
        buf_add_string(&line, " does not hold: later lines contradict it");
    } else {
        buf_printf(&line, "%s: %s, %s", finding->title,
                   finding_confidence_name(finding->confidence),
                   finding_status_name(finding->status));
        add_causes(&line, change->node, finding);
        buf_add_string(&line, ", seen ");
        text_add_count(&line, finding->count, "time", "times");
    }
    text_add_upper(&label, change_kind_name(change->kind));
    writer_paragraph(&text->writer, TEXT_INDENT, label.data, buf_span(&line));
}

void text_add_change(const struct text_report *text, const struct change *change)
{
    if (change->kind != CHANGE_OPENED) {
        add_known(text, change);
        return;
    }
    if (!text_is_shown(text, change->finding)) {
        return;
    }
    text_add_finding(text, change->node, change->finding);
    if (!span_empty(change->host)) {
        writer_paragraph(&text->writer, TEXT_INDENT, "  node", change->host);
    }
}

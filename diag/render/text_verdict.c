/* The first lines of the report: what is wrong at the end. */

#include "render/text_verdict.h"

#include "finding/root_line.h"

static enum style style_of(const struct report *report)
{
    return report->exit == EXIT_FINDINGS ? STYLE_RED : STYLE_PLAIN;
}

/* The roots after the one that is the sentence. */
static void add_other_roots(const struct text_report *text)
{
    const struct report *report = text->report;
    bool first = (report->exit != EXIT_INCONCLUSIVE || report->n_unexplained == 0) &&
                 !report_leads_with_unit(report);

    for (size_t i = 0; i < report->n_nodes; i++) {
        const struct node *node = &report->nodes[i];

        for (size_t k = 0; k < node->n_findings; k++) {
            CLEANUP(buf_done_at) struct buf line = { 0 };

            if (!finding_is_named(&node->findings[k]) || root_line_is_repetition(node, k)) {
                continue;
            }
            if (!first) {
                root_line_add(&line, node, k);
                writer_add(&text->writer, text_severity_style(node->findings[k].severity),
                           buf_span(&line));
                text_blank_line(text);
            }
            first = false;
        }
    }
}

static bool names_root(const struct report *report)
{
    for (size_t i = 0; i < report->n_nodes; i++) {
        for (size_t k = 0; k < report->nodes[i].n_findings; k++) {
            if (finding_is_named(&report->nodes[i].findings[k])) {
                return (report->exit != EXIT_INCONCLUSIVE || report->n_unexplained == 0) &&
                       !report_leads_with_unit(report);
            }
        }
    }
    return false;
}

void text_add_verdict(const struct text_report *text)
{
    if (names_root(text->report)) {
        writer_add(&text->writer, style_of(text->report), span_of(text->report->sentence));
        text_blank_line(text);
    } else {
        writer_paragraph(&text->writer, 0, "", span_of(text->report->sentence));
    }
    add_other_roots(text);
}

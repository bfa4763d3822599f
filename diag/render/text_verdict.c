/* The first lines of the report: what is wrong. */

#include "render/text_verdict.h"

#include <string.h>

/* Roots of the same title are one line: a rule with a key has a finding for each value of it. */
static uint64_t count_titles(const struct node *node, size_t from, const char *title)
{
    uint64_t n = 0;

    for (size_t i = from; i < node->n_findings; i++) {
        n += text_is_named(&node->findings[i]) && strcmp(node->findings[i].title, title) == 0;
    }
    return n;
}

bool text_is_repetition(const struct node *node, size_t finding)
{
    const char *title = node->findings[finding].title;

    return count_titles(node, 0, title) != count_titles(node, finding, title);
}

static void add_root(const struct text_report *text, const struct node *node,
                     const struct finding *finding, uint64_t n)
{
    const struct writer *writer = &text->writer;
    CLEANUP(buf_done_at) struct buf line = { 0 };

    if (!span_empty(node->host)) {
        buf_add(&line, node->host);
        buf_add_string(&line, ": ");
    }
    buf_add_string(&line, finding->title);
    if (n > 1) {
        buf_printf(&line, " (%llu times)", (unsigned long long)n);
    }
    if (finding->confidence != CONFIDENCE_CERTAIN) {
        buf_printf(&line, " (%s)", finding_confidence_name(finding->confidence));
    }
    if (finding->status != STATUS_ONGOING) {
        buf_printf(&line, " (%s)", finding_status_name(finding->status));
    }
    writer_add(writer, text_severity_style(finding->rule->severity), buf_span(&line));
    buf_add_byte(writer->out, '\n');
}

static bool add_roots(const struct text_report *text)
{
    bool any = false;

    for (size_t i = 0; i < text->report->n_nodes; i++) {
        const struct node *node = &text->report->nodes[i];

        for (size_t k = 0; k < node->n_findings; k++) {
            const struct finding *finding = &node->findings[k];

            if (!text_is_named(finding) || text_is_repetition(node, k)) {
                continue;
            }
            add_root(text, node, finding, count_titles(node, k, finding->title));
            any = true;
        }
    }
    return any;
}

static uint64_t count_warnings(const struct report *report)
{
    uint64_t n = 0;

    for (size_t i = 0; i < report->n_nodes; i++) {
        for (size_t k = 0; k < report->nodes[i].n_findings; k++) {
            const struct finding *finding = &report->nodes[i].findings[k];

            n += finding->role == FINDING_ROOT && finding->rule->severity == RULE_WARNING;
        }
    }
    return n;
}

static void add_inconclusive(struct buf *line, const struct unexplained *unit)
{
    buf_add_string(line, "Inconclusive: ");
    if (span_empty(unit->unit)) {
        buf_add_string(line, unit->title);
    } else {
        buf_add(line, unit->unit);
        buf_add_string(line, " died");
    }
    buf_add_string(line, ", and no rule explains why");
}

/* The verdict when no root is severe enough to be named. */
static void add_no_root(const struct text_report *text)
{
    const struct report *report = text->report;
    CLEANUP(buf_done_at) struct buf line = { 0 };
    uint64_t n = count_warnings(report);

    if (report->exit == EXIT_INPUT) {
        buf_add_string(&line, "No input could be read");
    } else if (report->n_unexplained > 0) {
        add_inconclusive(&line, &report->unexplained[0]);
    } else if (report->exit == EXIT_PARTIAL) {
        buf_add_string(&line, "No cause of a failure found, but part of the input is damaged");
    } else {
        buf_add_string(&line, "No cause of a failure found");
    }
    if (n > 0) {
        buf_add_string(&line, "; ");
        text_add_count(&line, n, "warning", "warnings");
    }
    writer_paragraph(&text->writer, 0, "", buf_span(&line));
}

void text_add_verdict(const struct text_report *text)
{
    if (!add_roots(text)) {
        add_no_root(text);
    }
}

#ifndef NODECAUSE_TESTS_SUMMARY_H
#define NODECAUSE_TESTS_SUMMARY_H

#include "base/buf.h"
#include "finding/report.h"

/* Appends a report as lines to compare, one for each finding whose rule begins with `prefix`:
 *
 *     test/cause root certain ongoing x2 {a=1; b=2, 3; t=(x=1)(x=2)} <- test/deeper
 *
 * Nodes are headed by `host:` when they have a name. Nothing that depends on places in the input
 * (lines, offsets) is in it, so that the same story told in another order reads the same. */
static inline void summary_add_facts(struct buf *out, const struct finding *finding)
{
    for (size_t i = 0; i < finding->n_facts; i++) {
        const struct finding_fact *fact = &finding->facts[i];

        buf_printf(out, "%s%.*s=", i ? "; " : "", (int)fact->name.size, fact->name.data);
        for (size_t k = 0; k < fact->n_values; k++) {
            buf_printf(out, "%s%.*s", k ? ", " : "", (int)fact->values[k].text.size,
                       fact->values[k].text.data);
        }
        for (size_t k = 0; fact->table && k < fact->table->n_rows; k++) {
            const struct fact_row *row = &fact->table->rows[k];

            buf_add_byte(out, '(');
            for (size_t c = 0; c < row->n_facts; c++) {
                buf_printf(out, "%s%.*s=%.*s", c ? " " : "", (int)row->facts[c].name.size,
                           row->facts[c].name.data, (int)row->facts[c].text.size,
                           row->facts[c].text.data);
            }
            buf_add_byte(out, ')');
        }
    }
}

static inline void summary_add_node(struct buf *out, const struct node *node, const char *prefix)
{
    for (size_t i = 0; i < node->n_findings; i++) {
        const struct finding *finding = &node->findings[i];

        if (!span_starts(span_of(finding->rule->id), span_of(prefix))) {
            continue;
        }
        buf_printf(out, "%s %s %s %s x%llu {", finding->rule->id, finding_role_name(finding->role),
                   finding_confidence_name(finding->confidence),
                   finding_status_name(finding->status), (unsigned long long)finding->count);
        summary_add_facts(out, finding);
        buf_add_byte(out, '}');
        for (size_t k = 0; k < finding->n_explained_by; k++) {
            buf_printf(out, "%s %s", k ? "," : " <-",
                       node->findings[finding->explained_by[k]].rule->id);
        }
        if (finding->runs_sentence) {
            buf_printf(out, " [%s]", finding->runs_sentence);
        }
        buf_add_byte(out, '\n');
    }
}

static inline void summary_add(struct buf *out, const struct report *report, const char *prefix)
{
    for (size_t i = 0; i < report->n_nodes; i++) {
        const struct node *node = &report->nodes[i];

        if (!span_empty(node->host)) {
            buf_printf(out, "%.*s:\n", (int)node->host.size, node->host.data);
        }
        summary_add_node(out, node, prefix);
    }
}

#endif

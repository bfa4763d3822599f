/* The nodes that have not failed.
 *
 *   38 nodes are healthy: master-0, master-1, master-2, worker-00, worker-01, worker-02 and 32 more */

#include "render/text_nodes.h"

#include "finding/node_health.h"

enum {
    NAMES_SHOWN = 6 /* without --all */
};

void text_add_node_name(const struct text_report *text, const struct node *node, struct buf *out)
{
    if (text->report->n_nodes > 1 && !span_empty(node->host)) {
        buf_add(out, node->host);
        buf_add_string(out, ": ");
    }
}

/* Adds the names of the nodes of this health, as far as they are shown; returns how many there are. */
static size_t add_names(const struct text_report *text, enum node_health health, struct buf *out)
{
    const struct report *report = text->report;
    size_t n = 0, most = text->options->all ? SIZE_MAX : NAMES_SHOWN;

    for (size_t i = 0; i < report->n_nodes; i++) {
        const struct node *node = &report->nodes[i];

        if (span_empty(node->host) || node_health_of(report, node) != health) {
            continue;
        }
        if (n++ < most) {
            buf_add_string(out, n > 1 ? ", " : "");
            buf_add(out, node->host);
        }
    }
    if (n > most) {
        buf_printf(out, " and %zu more", n - most);
    }
    return n;
}

static bool has_named_root(const struct node *node)
{
    for (size_t i = 0; i < node->n_findings; i++) {
        if (finding_is_named(&node->findings[i])) {
            return true;
        }
    }
    return false;
}

/* `worker-3: The control plane receives no status from the kubelet, and no rule explains why` */
static void add_unexplained(const struct text_report *text, const struct node *node)
{
    const struct finding *symptom = NULL;
    CLEANUP(buf_done_at) struct buf line = { 0 };

    for (size_t i = 0; i < node->n_findings && !symptom; i++) {
        const struct finding *finding = &node->findings[i];

        symptom = finding->role == FINDING_ROOT && finding->severity >= RULE_ERROR &&
                          finding_status_is_current(finding->status)
                      ? finding
                      : NULL;
    }
    if (symptom) {
        text_add_node_name(text, node, &line);
        buf_printf(&line, "%s, and no rule explains why", symptom->title);
        writer_paragraph(&text->writer, 0, "", buf_span(&line));
    }
}

static void add_unexplained_nodes(const struct text_report *text)
{
    const struct report *report = text->report;

    for (size_t i = 0; report->exit == EXIT_FINDINGS && i < report->n_nodes; i++) {
        if (!has_named_root(&report->nodes[i]) &&
            node_health_of(report, &report->nodes[i]) == NODE_FAILED) {
            add_unexplained(text, &report->nodes[i]);
        }
    }
}

static void add_line(const struct text_report *text, enum node_health health, const char *one,
                     const char *many)
{
    CLEANUP(buf_done_at) struct buf names = { 0 };
    CLEANUP(buf_done_at) struct buf line = { 0 };
    size_t n = add_names(text, health, &names);

    if (n > 0) {
        buf_printf(&line, "%zu %s: ", n, n == 1 ? one : many);
        buf_add(&line, buf_span(&names));
        writer_paragraph(&text->writer, 0, "", buf_span(&line));
    }
}

void text_add_quiet_nodes(const struct text_report *text)
{
    if (text->report->n_nodes > 1) {
        add_unexplained_nodes(text);
        add_line(text, NODE_HEALTHY, "node is healthy", "nodes are healthy");
        add_line(text, NODE_UNKNOWN, "node has no failure, and nothing shows that its kubelet runs",
                 "nodes have no failure, and nothing shows that their kubelets run");
    }
}

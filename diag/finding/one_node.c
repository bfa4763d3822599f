#include "finding/one_node.h"

#include "base/buf.h"

#include <errno.h>

enum {
    NAMES_SHOWN = 16
};

bool report_has_node(const struct report *report, struct span host)
{
    for (size_t i = 0; i < report->n_nodes; i++) {
        if (span_equal(report->nodes[i].host, host)) {
            return true;
        }
    }
    return false;
}

static void keep_nodes(struct report *report, struct span host)
{
    struct node *kept = ARENA_ARRAY(report->arena, struct node, report->n_nodes);
    size_t n = 0;

    for (size_t i = 0; i < report->n_nodes; i++) {
        if (span_equal(report->nodes[i].host, host)) {
            kept[n++] = report->nodes[i];
        }
    }
    report->nodes = kept;
    report->n_nodes = n;
}

static void keep_unexplained(struct report *report, struct span host)
{
    struct unexplained *kept =
        ARENA_ARRAY(report->arena, struct unexplained, report->n_unexplained);
    size_t n = 0;

    for (size_t i = 0; i < report->n_unexplained; i++) {
        if (span_equal(report->unexplained[i].host, host)) {
            kept[n++] = report->unexplained[i];
        }
    }
    report->unexplained = kept;
    report->n_unexplained = n;
}

void report_keep_node(struct report *report, struct span host)
{
    if (report_has_node(report, host)) {
        keep_nodes(report, host);
        keep_unexplained(report, host);
    }
}

static size_t add_names(const struct report *report, struct buf *names)
{
    size_t n = 0;

    for (size_t i = 0; i < report->n_nodes; i++) {
        if (span_empty(report->nodes[i].host)) {
            continue;
        }
        if (n++ < NAMES_SHOWN) {
            buf_add_string(names, n > 1 ? ", " : "");
            buf_add(names, report->nodes[i].host);
        }
    }
    return n;
}

int report_refuse_node(const struct report *report, struct span host, struct error *reterr)
{
    CLEANUP(buf_done_at) struct buf names = { 0 };
    size_t n = add_names(report, &names);

    if (n == 0) {
        return error_set(reterr, -EINVAL, "no node is called '%.*s': the inputs name none",
                         TEXT_OF(host));
    }
    if (n > NAMES_SHOWN) {
        buf_printf(&names, " and %zu more", n - NAMES_SHOWN);
    }
    return error_set(reterr, -EINVAL, "no node is called '%.*s'; there %s %s", TEXT_OF(host),
                     n == 1 ? "is only" : "are", names.data);
}

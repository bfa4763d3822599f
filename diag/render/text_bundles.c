/* The inputs of a bundle in one line. A path may hold several bundles of one kind; they share it. */

#include "render/text_bundles.h"

#include "base/map.h"

enum {
    FILES_SHOWN = 8 /* of a directory or archive of no known kind */
};

/* What the line says. */
struct bundle_sum {
    size_t n_logs, n_states, n_bundles;
    uint64_t n_unread;
    const struct report_input *failed; /* the first one; but not an empty file */
    size_t n_failed;
    struct map *hosts;
};

static bool is_same_kind(const struct report_bundle *a, const struct report_bundle *b)
{
    return a == b || (span_equal(a->name, b->name) &&
                      (a->kind && b->kind ? strcmp(a->kind, b->kind) == 0 : a->kind == b->kind));
}

static bool is_together(const struct report_input *a, const struct report_input *b)
{
    return a->bundle && b->bundle && is_same_kind(a->bundle, b->bundle);
}

bool text_is_folded(const struct report *report, const struct report_input *input)
{
    size_t n = 0;

    if (!input->bundle || input->bundle->kind) {
        return input->bundle;
    }
    for (size_t i = 0; i < report->n_inputs && n <= FILES_SHOWN; i++) {
        n += is_together(&report->inputs[i], input);
    }
    return n > FILES_SHOWN;
}

bool text_is_first_folded(const struct report *report, const struct report_input *input)
{
    const struct report_input *first = report->inputs;

    while (!is_together(first, input)) {
        first++;
    }
    return first == input;
}

static void add_input(struct bundle_sum *sum, const struct report_input *input)
{
    if (input->error && !input->empty) {
        sum->failed = sum->failed ? sum->failed : input;
        sum->n_failed++;
    } else if (!input->error) {
        sum->n_states += input->is_state;
        sum->n_logs += !input->is_state;
    }
    if (!span_empty(input->host)) {
        (void)map_at(sum->hosts, input->host);
    }
}

/* Is all that was read of it? Then its nodes are those of the report, of which an input may know only the address. */
static bool is_alone(const struct report *report, const struct report_input *first)
{
    for (size_t i = 0; i < report->n_inputs; i++) {
        if (!is_together(&report->inputs[i], first)) {
            return false;
        }
    }
    return true;
}

static void take_nodes(const struct report *report, struct bundle_sum *sum)
{
    struct map *hosts = map_new();

    for (size_t i = 0; i < report->n_nodes; i++) {
        if (!span_empty(report->nodes[i].host)) {
            (void)map_at(hosts, report->nodes[i].host);
        }
    }
    if (map_size(hosts) > 0) {
        map_free(sum->hosts);
        sum->hosts = hosts;
    } else {
        map_free(hosts);
    }
}

static void sum_up(const struct report *report, const struct report_input *first,
                   struct bundle_sum *sum)
{
    for (size_t i = 0; i < report->n_inputs; i++) {
        if (is_together(&report->inputs[i], first)) {
            add_input(sum, &report->inputs[i]);
        }
    }
    if (is_alone(report, first)) {
        take_nodes(report, sum);
    }
    for (size_t i = 0; i < report->n_bundles; i++) {
        if (is_same_kind(&report->bundles[i], first->bundle)) {
            sum->n_bundles += report->bundles[i].n_files > 0;
            sum->n_unread += report->bundles[i].n_files_unread;
        }
    }
}

static void add_kind(struct buf *out, const struct report_bundle *bundle,
                     const struct bundle_sum *sum)
{
    size_t n_hosts = map_size(sum->hosts);

    if (sum->n_bundles > 1) {
        buf_printf(out, ": %zu %s bundles", sum->n_bundles, bundle->kind);
    } else if (bundle->kind) {
        buf_printf(out, ": %s bundle", bundle->kind);
    }
    if (bundle->kind && n_hosts == 1) {
        buf_add_string(out, " of ");
        buf_add(out, map_key(sum->hosts, 0));
    } else if (n_hosts > 1) {
        buf_printf(out, "%s of %zu nodes", bundle->kind ? "" : ": files", n_hosts);
    }
}

static void add_some(struct buf *out, uint64_t n, const char *one, const char *many,
                     const char **before)
{
    if (n) {
        buf_add_string(out, *before);
        text_add_count(out, n, one, many);
        *before = ", ";
    }
}

void text_add_bundle(const struct report *report, const struct report_input *first, struct buf *out)
{
    struct bundle_sum sum = { .hosts = map_new() };
    const char *before = ": ";

    sum_up(report, first, &sum);
    buf_add(out, first->bundle->name);
    add_kind(out, first->bundle, &sum);
    add_some(out, sum.n_logs, "log", "logs", &before);
    add_some(out, sum.n_states, "state file", "state files", &before);
    add_some(out, sum.n_unread, "file not read", "files not read", &before);
    add_some(out, sum.n_failed, "file cannot be read", "files cannot be read", &before);
    if (sum.failed) {
        buf_add_string(out, " (");
        buf_add(out, sum.failed->name);
        buf_printf(out, ": %s)", sum.failed->error);
    }
    map_free(sum.hosts);
}

/* The findings of each node. verdict/ puts them in order. */

#include "reason/nodes.h"

#include <stdlib.h>

/* Index of the candidate in the node's findings. */
static uint32_t place_of(struct candidate *const *order, size_t n,
                         const struct candidate *candidate)
{
    for (size_t i = 0; i < n; i++) {
        if (order[i] == candidate) {
            return (uint32_t)i;
        }
    }
    return UINT32_MAX;
}

/* Indexes of the candidates in the node's findings, in ascending order. */
static const uint32_t *places(const struct reasoning *it, struct candidate *const *order, size_t n,
                              const struct indexes *candidates)
{
    struct indexes result = {
        .items = ARENA_ARRAY(it->report->arena, uint32_t, candidates->n),
        .n = candidates->n,
    };

    for (size_t i = 0; i < candidates->n; i++) {
        result.items[i] = place_of(order, n, &it->candidates.items[candidates->items[i]]);
    }
    indexes_sort(&result);
    return result.items;
}

/* The candidates to report of the node; returns how many. */
static size_t list_candidates(const struct reasoning *it, uint32_t node, struct candidate **ret)
{
    size_t n = 0;

    for (size_t i = 0; i < it->candidates.n; i++) {
        struct candidate *candidate = &it->candidates.items[i];

        if (candidate->node == node && !candidate->suppressed) {
            ret[n++] = candidate;
        }
    }
    return n;
}

static struct span cell(const struct state_row *row, struct span name)
{
    const struct fact *fact = state_row_fact(row, name);

    return fact ? fact->text : (struct span){ 0 };
}

/* The input that the row is from. */
static uint32_t input_of(const struct report *report, const char *file)
{
    for (uint32_t i = 0; file && i < report->n_inputs; i++) {
        if (span_is(report->inputs[i].name, file)) {
            return i;
        }
    }
    return UINT32_MAX;
}

/* Services that rules speak of. */
static void fill_listed(const struct reasoning *it, uint32_t index, struct node *node)
{
    struct arena *arena = it->report->arena;
    const struct state_table *table = states_find(it->states[index], SPAN("units"));
    size_t n = table ? table->n_rows : 0;
    struct listed_unit *listed = ARENA_ARRAY(arena, struct listed_unit, n);

    for (size_t i = 0; i < n; i++) {
        const struct state_row *row = &table->rows[i];

        if (streams_of_unit(&it->rules->streams, cell(row, SPAN("name")))) {
            listed[node->n_listed++] = (struct listed_unit){
                .name = arena_copy(arena, cell(row, SPAN("name"))),
                .active = arena_copy(arena, cell(row, SPAN("active"))),
                .line = arena_copy(arena, cell(row, SPAN("line"))),
                .input = input_of(it->report, row->file),
                .line_number = row->line,
            };
        }
    }
    node->listed = listed;
}

static void fill_node(struct reasoning *it, uint32_t index, struct node *node)
{
    struct arena *arena = it->report->arena;
    struct candidate **order = alloc_zeroed(it->candidates.n, sizeof(struct candidate *));
    size_t n = list_candidates(it, index, order);
    struct finding *findings = ARENA_ARRAY(arena, struct finding, n);

    for (size_t i = 0; i < n; i++) {
        const struct candidate *candidate = order[i];

        findings[i] = candidate->finding;
        findings[i].confidence = candidate->confidence;
        findings[i].explained_by = places(it, order, n, &candidate->causes);
        findings[i].n_explained_by = candidate->causes.n;
        findings[i].explains = places(it, order, n, &candidate->effects);
        findings[i].n_explains = candidate->effects.n;
    }
    fill_listed(it, index, node);
    node->host = arena_copy(arena, it->timeline->hosts[index]);
    node->findings = findings;
    node->n_findings = n;
    free(order);
}

void reason_fill_nodes(struct reasoning *it)
{
    struct node *nodes = ARENA_ARRAY(it->report->arena, struct node, it->timeline->n_nodes);

    for (uint32_t i = 0; i < it->timeline->n_nodes; i++) {
        fill_node(it, i, &nodes[i]);
    }
    it->report->nodes = nodes;
    it->report->n_nodes = it->timeline->n_nodes;
}

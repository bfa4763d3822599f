/* The order in which findings are reported: roots before the rest, what holds now before what ended,
 * causes before symptoms, the cause of a unit's last death first; then confidence, severity and
 * time. */

#include "verdict/order.h"

#include <stdlib.h>
#include <string.h>

struct placed {
    const struct finding *finding;
    bool killed; /* it explains the last death of a unit that is down */
    uint32_t place;
};

static int rank_of(enum finding_status status)
{
    return status == STATUS_ONGOING ? 0 : status == STATUS_HAPPENED ? 1 : 2;
}

static int by_importance(const void *a, const void *b)
{
    const struct placed *one = a, *other = b;
    const struct finding *x = one->finding, *y = other->finding;
    int r = (int)(x->role != FINDING_ROOT) - (int)(y->role != FINDING_ROOT);

    if (r == 0) {
        r = (int)finding_status_is_current(y->status) - (int)finding_status_is_current(x->status);
    }
    if (r == 0) {
        r = (int)x->rule->symptom - (int)y->rule->symptom;
    }
    if (r == 0) {
        r = (int)other->killed - (int)one->killed;
    }
    if (r == 0) {
        r = rank_of(x->status) - rank_of(y->status);
    }
    if (r == 0) {
        r = (int)y->confidence - (int)x->confidence;
    }
    if (r == 0) {
        r = (int)y->rule->severity - (int)x->rule->severity;
    }
    if (r == 0) {
        r = (x->events[0] > y->events[0]) - (x->events[0] < y->events[0]);
    }
    return r ? r : (one->place > other->place) - (one->place < other->place);
}

static int by_index(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;

    return (one > other) - (one < other);
}

static const uint32_t *moved(struct arena *arena, const uint32_t *items, size_t n,
                             const uint32_t *places)
{
    uint32_t *result = ARENA_ARRAY(arena, uint32_t, n);

    for (size_t i = 0; i < n; i++) {
        result[i] = places[items[i]];
    }
    if (n) {
        qsort(result, n, sizeof(*result), by_index);
    }
    return result;
}

static void mark_killers(const struct judging *it, uint32_t node, struct placed *order)
{
    for (size_t i = 0; i < it->n_units; i++) {
        const struct unit_end *unit = &it->units[i];

        if (unit->node == node && unit_end_is_down(unit) && unit->last_death != NO_RUN &&
            it->ends[unit->last_death].cause != NO_CAUSE) {
            order[it->ends[unit->last_death].cause].killed = true;
        }
    }
}

static void order_node(struct judging *it, uint32_t node)
{
    struct arena *arena = it->report->arena;
    size_t n = it->report->nodes[node].n_findings;
    struct finding *findings = ARENA_ARRAY(arena, struct finding, n);
    struct placed *order = ARENA_ARRAY(arena, struct placed, n);
    uint32_t *places = ARENA_ARRAY(arena, uint32_t, n);

    for (uint32_t i = 0; i < n; i++) {
        order[i] = (struct placed){ .finding = &it->findings[node][i], .place = i };
    }
    mark_killers(it, node, order);
    if (n) {
        qsort(order, n, sizeof(*order), by_importance);
    }
    for (uint32_t i = 0; i < n; i++) {
        places[order[i].place] = i;
    }
    for (size_t i = 0; i < n; i++) {
        struct finding *finding = &findings[i];

        *finding = *order[i].finding;
        finding->explained_by =
            moved(arena, finding->explained_by, finding->n_explained_by, places);
        finding->explains = moved(arena, finding->explains, finding->n_explains, places);
    }
    it->findings[node] = findings;
}

void order_findings(struct judging *it)
{
    for (uint32_t i = 0; i < it->report->n_nodes; i++) {
        order_node(it, i);
    }
}

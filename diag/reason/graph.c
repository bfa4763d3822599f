/* The graph of causes: which finding explains which, who is a root, and in which order they stand.
 */

#include "reason/draft.h"

#include <stdlib.h>

/* How many events of the cause are tried for one of the effect, latest first. */
enum {
    MAX_TRIED = 64
};

static bool can_cause(const struct event *cause, const struct event *effect,
                      const struct explains *edge)
{
    int64_t delay;

    if (!event_shares(cause, effect, edge->same)) {
        return false;
    }
    if (!event_distance(cause, effect, &delay)) {
        return true;
    }
    return delay >= -DISORDER_US && (edge->within_us == 0 || delay <= edge->within_us);
}

/* Index behind the last event of the draft that could have come before `effect`. */
static size_t candidates_before(const struct reasoning *it, const struct draft *cause,
                                const struct event *effect)
{
    size_t low = 0, high = cause->events.n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct event *event = reason_event(it, cause->events.items[middle]);
        int64_t delay;
        bool comes_before = event_distance(event, effect, &delay) ? delay >= -DISORDER_US : true;

        if (comes_before) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool has_cause(const struct reasoning *it, const struct draft *cause, uint32_t effect,
                      const struct explains *edge)
{
    const struct event *event = reason_event(it, effect);
    size_t end = candidates_before(it, cause, event);

    for (size_t tried = 0; tried < end && tried < MAX_TRIED; tried++) {
        if (can_cause(reason_event(it, cause->events.items[end - 1 - tried]), event, edge)) {
            return true;
        }
    }
    return false;
}

/* A cause explains a finding when it accounts for at least half of what was seen of it; a minority
 * would make the report deny what else is wrong. */
static bool accounts_for(const struct reasoning *it, const struct draft *cause,
                         const struct draft *effect, const struct explains *edge)
{
    size_t covered = 0;

    for (size_t i = 0; i < effect->events.n; i++) {
        covered += has_cause(it, cause, effect->events.items[i], edge);
    }
    return covered > 0 && covered * 2 >= effect->events.n;
}

static bool contains(const uint32_t *items, size_t n, uint32_t item)
{
    for (size_t i = 0; i < n; i++) {
        if (items[i] == item) {
            return true;
        }
    }
    return false;
}

static void add_edge(struct reasoning *it, uint32_t cause, uint32_t effect)
{
    struct draft *from = &it->drafts.items[cause], *to = &it->drafts.items[effect];

    if (contains(from->effects.items, from->effects.n, effect)) {
        return;
    }
    vec_push(&from->effects, effect);
    vec_push(&to->causes, cause);
}

static void link_draft(struct reasoning *it, uint32_t cause)
{
    const struct draft *from = &it->drafts.items[cause];

    for (size_t k = 0; k < from->rule->n_explains; k++) {
        const struct explains *edge = &from->rule->explains[k];

        for (uint32_t j = 0; j < it->drafts.n; j++) {
            const struct draft *to = &it->drafts.items[j];

            if (j != cause && !to->silenced && to->rule_index == edge->rule &&
                to->node == from->node && accounts_for(it, from, to, edge)) {
                add_edge(it, cause, j);
            }
        }
    }
}

/* A merely possible cause is no root while a better one stands beside it. */
void reason_assign_roles(struct reasoning *it)
{
    enum finding_confidence best = CONFIDENCE_POSSIBLE;
    struct drafts *drafts = &it->drafts;

    for (size_t i = 0; i < drafts->n; i++) {
        const struct draft *draft = &drafts->items[i];

        if (!draft->silenced && draft->causes.n == 0 && !draft->rule->symptom &&
            draft->rule->severity >= RULE_ERROR && draft->confidence > best) {
            best = draft->confidence;
        }
    }
    for (size_t i = 0; i < drafts->n; i++) {
        struct draft *draft = &drafts->items[i];

        if (draft->causes.n) {
            draft->finding.role = FINDING_CONSEQUENCE;
        } else if (draft->confidence == CONFIDENCE_POSSIBLE && best > CONFIDENCE_POSSIBLE) {
            draft->finding.role = FINDING_CONTRIBUTING;
        } else {
            draft->finding.role = FINDING_ROOT;
        }
    }
}

/* Best first: roots before the rest, what ails now before what is over, causes before symptoms,
 * then confidence, severity and time. */
static int by_weight(const struct draft *a, const struct draft *b)
{
    int r = (int)(a->finding.role != FINDING_ROOT) - (int)(b->finding.role != FINDING_ROOT);

    if (r == 0) {
        r = (int)a->rule->symptom - (int)b->rule->symptom;
    }
    if (r == 0) {
        r = (int)(a->finding.status != STATUS_ONGOING) - (int)(b->finding.status != STATUS_ONGOING);
    }
    if (r == 0) {
        r = (int)b->confidence - (int)a->confidence;
    }
    if (r == 0) {
        r = (int)b->rule->severity - (int)a->rule->severity;
    }
    if (r == 0) {
        r = (a->events.items[0] > b->events.items[0]) - (a->events.items[0] < b->events.items[0]);
    }
    return r ? r : (int)a->rule_index - (int)b->rule_index;
}

static int by_weight_of(const void *a, const void *b)
{
    return by_weight(*(struct draft *const *)a, *(struct draft *const *)b);
}

void reason_link(struct reasoning *it)
{
    for (uint32_t i = 0; i < it->drafts.n; i++) {
        if (!it->drafts.items[i].silenced) {
            link_draft(it, i);
        }
    }
}

/* --- the report ---------------------------------------------------------------------------- */

/* Index of the draft in the node's findings. */
static uint32_t place_of(struct draft *const *order, size_t n, const struct draft *draft)
{
    for (size_t i = 0; i < n; i++) {
        if (order[i] == draft) {
            return (uint32_t)i;
        }
    }
    return UINT32_MAX;
}

static int by_place(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;

    return (one > other) - (one < other);
}

static const uint32_t *places(const struct reasoning *it, struct draft *const *order, size_t n,
                              const uint32_t *drafts, size_t n_drafts)
{
    uint32_t *result = ARENA_ARRAY(it->report->arena, uint32_t, n_drafts);

    for (size_t i = 0; i < n_drafts; i++) {
        result[i] = place_of(order, n, &it->drafts.items[drafts[i]]);
    }
    if (n_drafts) {
        qsort(result, n_drafts, sizeof(*result), by_place);
    }
    return result;
}

static void fill_node(struct reasoning *it, uint32_t index, struct node *node)
{
    struct draft **order = alloc_zeroed(it->drafts.n, sizeof(struct draft *));
    struct finding *findings;
    size_t n = 0;

    for (size_t i = 0; i < it->drafts.n; i++) {
        if (it->drafts.items[i].node == index && !it->drafts.items[i].silenced) {
            order[n++] = &it->drafts.items[i];
        }
    }
    if (n) {
        qsort(order, n, sizeof(*order), by_weight_of);
    }
    findings = ARENA_ARRAY(it->report->arena, struct finding, n);
    for (size_t i = 0; i < n; i++) {
        findings[i] = order[i]->finding;
        findings[i].confidence = order[i]->confidence;
        findings[i].explained_by = places(it, order, n, order[i]->causes.items, order[i]->causes.n);
        findings[i].n_explained_by = order[i]->causes.n;
        findings[i].explains = places(it, order, n, order[i]->effects.items, order[i]->effects.n);
        findings[i].n_explains = order[i]->effects.n;
    }
    node->host = arena_copy(it->report->arena, it->timeline.hosts[index]);
    if (n) {
        node->boot = arena_copy(
            it->report->arena,
            reason_event(it, order[0]->events.items[order[0]->events.n - 1])->signal->boot);
    }
    node->findings = findings;
    node->n_findings = n;
    free(order);
}

void reason_fill_nodes(struct reasoning *it)
{
    struct node *nodes = ARENA_ARRAY(it->report->arena, struct node, it->timeline.n_nodes);

    for (uint32_t i = 0; i < it->timeline.n_nodes; i++) {
        fill_node(it, i, &nodes[i]);
    }
    it->report->nodes = nodes;
    it->report->n_nodes = it->timeline.n_nodes;
}

#ifndef NODECAUSE_REASON_DRAFT_H
#define NODECAUSE_REASON_DRAFT_H

#include "base/vec.h"
#include "finding/report.h"
#include "finding/template.h"
#include "reason/timeline.h"
#include "reason/when.h"
#include "state/state.h"

/* A finding in the making: one rule that stands on one node, for one boot and one value of its key.
 */
struct draft {
    const struct rule *rule;
    uint32_t rule_index, node;
    VEC(uint32_t) events;          /* its proofs and signs, in order */
    VEC(uint32_t) context;         /* what else its signals said there, in order */
    VEC(const char *) reasons;     /* for the confidence */
    VEC(uint32_t) causes, effects; /* other drafts, by the edges of the graph */
    enum finding_confidence confidence;
    const enum tristate *states; /* answers to the rule's state questions */
    const struct state_row *const *state_rows;
    bool silenced;               /* suppressed by another one */
    struct when_scope scope;     /* for trees: all its events; set by reason_describe() */
    struct template_scope texts; /* for texts: all its facts; set by reason_describe() */
    struct finding finding;
};

struct drafts {
    struct draft *items;
    size_t n, allocated;
};

/* What reasoning works on. */
struct reasoning {
    const struct rules *rules;
    const struct store *store;
    const struct states *states;
    const struct notes *notes;
    struct report *report;
    struct timeline timeline;
    struct drafts drafts;
    const enum tristate **answers; /* of each rule, to its states */
    const struct state_row *const **answer_rows;
};

/* Finds which rules stand where. In drafts.c. */
void reason_find_drafts(struct reasoning *it);

/* Silences what other findings suppress. In drafts.c. */
void reason_suppress(struct reasoning *it);

/* Fills facts, texts, remedies, evidence and lives of each. In describe.c, facts.c. */
void reason_describe(struct reasoning *it);
void reason_collect_facts(struct reasoning *it, struct draft *draft);

/* Draws the edges; then, once reason_describe() has settled the confidence, tells roots from
 * consequences. In graph.c. */
void reason_link(struct reasoning *it);
void reason_assign_roles(struct reasoning *it);

/* Puts the findings in order, node by node, into the report. In graph.c. */
void reason_fill_nodes(struct reasoning *it);

static inline const struct event *reason_event(const struct reasoning *it, uint32_t index)
{
    return &it->timeline.events[index];
}

#endif

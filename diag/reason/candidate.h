#ifndef NODECAUSE_REASON_CANDIDATE_H
#define NODECAUSE_REASON_CANDIDATE_H

#include "base/vec.h"
#include "finding/report.h"
#include "finding/template.h"
#include "reason/when.h"
#include "state/ask.h"
#include "timeline/indexes.h"
#include "timeline/timeline.h"

/* A rule that matches on one node, for one boot and one value of its key: a finding before it is
 * reported. */
struct candidate {
    const struct rule *rule;
    uint32_t rule_index, node;
    struct indexes events;     /* of its proofs and signs, in order; at least one */
    struct indexes context;    /* of its other signals, in order */
    struct indexes asked;      /* when it was merged from several keys: what conditions are asked
                                     * of, all events of the last of them; else empty */
    VEC(const char *) reasons; /* for the confidence */
    struct indexes causes, effects; /* indexes of other candidates, by the edges of the graph */
    enum finding_confidence confidence;
    const char *because;         /* without a proof: what met the rule's condition; else NULL */
    const enum tristate *states; /* answers to the rule's state questions */
    const struct state_row *const *state_rows;
    bool past;                   /* of a boot before the last one: state says nothing of it */
    bool unattributed;           /* of all its events the component is unknown */
    const char *doubted;         /* the rule of a cause that it may not have followed: the ranges of
                                  * their times overlap; or NULL */
    bool suppressed;             /* by another one: not reported */
    struct when_scope scope;     /* for trees: all its events; set by reason_describe() */
    struct template_scope texts; /* for texts: all its facts; set by reason_describe() */
    struct finding finding;
};

struct candidates {
    struct candidate *items;
    size_t n, allocated;
};

/* Puts its events and its context in order, each once. */
void candidate_sort(struct candidate *candidate);

/* Adds the events of `other`, of the same rule with a later key, which is freed; they are in order
 * after the next candidate_sort(). Conditions are asked
 * of `other` alone from now on: what was merged must not count together. */
void candidate_merge(struct candidate *candidate, struct candidate *other);

/* Frees what the candidate owns: its lists, not the finding. */
void candidate_done(struct candidate *candidate);

/* Of all of them, and the array. */
void candidates_done(struct candidates *candidates);

#endif

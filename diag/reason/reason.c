/* Signals and state become findings. */

#include "reason/reason.h"

#include "reason/candidates.h"
#include "reason/deaths.h"
#include "reason/describe.h"
#include "reason/graph.h"
#include "reason/node_states.h"
#include "reason/nodes.h"
#include "reason/places.h"
#include "reason/rotated_starts.h"
#include "reason/suppress.h"
#include "reason/verdict.h"

void reason(const struct rules *rules, const struct store *store, const struct inventory *inventory,
            const struct activity *activity, struct notes *notes, enum rule_severity fail_on,
            struct report *report)
{
    const struct span *hosts = places_find(report, report->arena);
    struct reasoning it = {
        .rules = rules,
        .store = store,
        .notes = notes,
        .report = report,
    };

    timeline_init(&it.timeline, rules, store, hosts, report->n_inputs, notes);
    it.states = node_states_new(inventory, &it.timeline, report, hosts, notes);
    it.observed = observed_new(activity, &it.timeline);
    it.runs = runs_find(&it.timeline, rules);
    rotated_starts_note(&it.timeline, &it.runs, rules, notes);
    reason_find_candidates(&it);
    reason_suppress(&it);
    reason_link(&it);
    reason_describe(&it);
    reason_assign_roles(&it);
    reason_fill_nodes(&it);
    reason_fill_unexplained(&it);
    reason_fill_verdict(report, fail_on);
    candidates_done(&it.candidates);
    node_states_free(it.states, it.timeline.n_nodes);
    observed_free(it.observed);
    timeline_done(&it.timeline);
}

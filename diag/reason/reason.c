/* Signals and state become findings. */

#include "reason/reason.h"

#include "reason/candidates.h"
#include "reason/describe.h"
#include "reason/graph.h"
#include "reason/node_states.h"
#include "reason/nodes.h"
#include "reason/rotated_starts.h"
#include "reason/suppress.h"

void reason(const struct reason_question *question, struct notes *notes, struct report *report)
{
    struct reasoning it = {
        .rules = question->rules,
        .store = question->store,
        .timeline = question->timeline,
        .runs = question->runs,
        .observed = question->observed,
        .boots = question->boots,
        .notes = notes,
        .report = report,
    };

    it.states = node_states_new(question->inventory, it.timeline, report, question->hosts, notes);
    rotated_starts_note(it.timeline, it.runs, it.rules, notes);
    reason_find_candidates(&it);
    reason_suppress(&it);
    reason_link(&it);
    it.node_facts = node_facts_find(&it.rules->streams, it.timeline, it.states, report->arena);
    reason_describe(&it);
    reason_fill_nodes(&it);
    candidates_done(&it.candidates);
    node_states_free(it.states, it.timeline->n_nodes);
}

/* Fills the findings of the candidates. */

#include "reason/describe.h"

#include "reason/confidence.h"
#include "reason/evidence.h"
#include "reason/facts.h"
#include "reason/occurrences.h"
#include "reason/remedies.h"
#include "reason/ruled_out.h"
#include "reason/run_counts.h"
#include "reason/texts.h"

#include <string.h>

static void fill_times(struct reasoning *it, struct candidate *candidate)
{
    const struct event *first = reason_first_event(it, candidate),
                       *last = reason_last_event(it, candidate);

    candidate->finding.boot = arena_copy(it->report->arena, first->signal->boot);
    candidate->finding.first = event_moment(first);
    candidate->finding.last = event_moment(last);
    if (first->seen->whole) {
        candidate->finding.first_stamp = arena_copy(it->report->arena, first->seen->whole->stamp);
    }
    if (last->seen->whole) {
        candidate->finding.last_stamp = arena_copy(it->report->arena, last->seen->whole->stamp);
    }
}

/* Of its proofs and signs, the one that is known best; the name belongs to the rules. */
static void fill_component(const struct reasoning *it, struct candidate *candidate)
{
    struct component *best = &candidate->finding.component;

    for (size_t i = 0; i < candidate->events.n; i++) {
        const struct signal *signal = reason_event(it, candidate->events.items[i])->signal;

        if (signal->component.name && signal->component.known > best->known) {
            *best = signal->component;
        }
    }
    candidate->finding.unattributed = candidate->unattributed;
}

static struct when_scope scope_of(const struct reasoning *it, struct candidate *candidate)
{
    /* Movers ask for events and context alike, so they get both, in order. */
    uint32_t *all =
        ARENA_ARRAY(it->report->arena, uint32_t, candidate->events.n + candidate->context.n);
    size_t e = 0, c = 0, n = 0;

    if (candidate->asked.n) {
        memcpy(all, candidate->asked.items, candidate->asked.n * sizeof(*all));
        return (struct when_scope){ it->timeline,       candidate->rule,   all,
                                    candidate->asked.n, candidate->states, it->runs,
                                    it->observed };
    }
    while (e < candidate->events.n || c < candidate->context.n) {
        if (c == candidate->context.n ||
            (e < candidate->events.n && candidate->events.items[e] < candidate->context.items[c])) {
            all[n++] = candidate->events.items[e++];
        } else {
            all[n++] = candidate->context.items[c++];
        }
    }
    return (struct when_scope){ it->timeline,      candidate->rule, all,         n,
                                candidate->states, it->runs,        it->observed };
}

static void describe(struct reasoning *it, struct candidate *candidate)
{
    struct finding *finding = &candidate->finding;

    finding->rule = candidate->rule;
    finding->severity = candidate->rule->severity;
    finding->events = memcpy(ARENA_ARRAY(it->report->arena, uint32_t, candidate->events.n),
                             candidate->events.items, candidate->events.n * sizeof(uint32_t));
    finding->n_events = candidate->events.n;
    fill_times(it, candidate);
    fill_component(it, candidate);
    reason_collect_facts(it, candidate);
    finding->count = occurrences_count(it, candidate);
    reason_count_runs(it, candidate);
    candidate->scope = scope_of(it, candidate);
    candidate->texts = reason_template_scope(it, candidate);
    reason_weigh_confidence(it, candidate);
    finding->title = reason_fill_text(it, candidate, candidate->rule->title);
    finding->explain = reason_fill_text(it, candidate, candidate->rule->explain);
    reason_fill_remedies(it, candidate);
    reason_rule_out(it, candidate);
    reason_collect_evidence(it, candidate);
    vec_push(&candidate->reasons, NULL);
    finding->reasons =
        memcpy(ARENA_ARRAY(it->report->arena, const char *, candidate->reasons.n),
               candidate->reasons.items, candidate->reasons.n * sizeof(const char *));
}

void reason_describe(struct reasoning *it)
{
    for (size_t i = 0; i < it->candidates.n; i++) {
        if (!it->candidates.items[i].suppressed) {
            describe(it, &it->candidates.items[i]);
        }
    }
}

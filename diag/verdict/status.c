/* Whether a finding still holds at the end.
 *
 *   ongoing       it explains the last death of its unit, or was seen until the end
 *   happened      it has no duration
 *   recovered     something says that it ended
 *   superseded    the later deaths of its unit are different
 *   earlier-boot  of a boot before the last one read */

#include "verdict/status.h"

#include "verdict/run_ends.h"
#include "verdict/silence.h"
#include "verdict/units.h"

/* A pause shorter than this ends nothing. */
static const int64_t STABLE_US = 30 * USEC_PER_SEC;

/* What was seen once is ongoing while less than this time follows. */
static const int64_t FRESH_US = 5 * USEC_PER_MINUTE;

/* What lasts less than this at a start can be normal. */
static const int64_t MOMENT_US = USEC_PER_MINUTE;

/* --- recovered by a finding that the rule names --- */

/* Both are about one thing, where both have a fact that one of their rules distinguishes: the
 * pressure on the disk does not end with the one on the memory. */
static bool is_about_the_same(const struct finding *by, const struct finding *finding)
{
    for (size_t i = 0; i < by->rule->n_key; i++) {
        const struct finding_fact *x = finding_fact_find(by->facts, by->n_facts, by->rule->key[i]);
        const struct finding_fact *y =
            finding_fact_find(finding->facts, finding->n_facts, by->rule->key[i]);

        if (x && y && x->n_values && y->n_values &&
            fact_compare(&x->values[0], &y->values[0]) != 0) {
            return false;
        }
    }
    return true;
}

/* How long after the event something was still seen: in its input, or of its node. */
static int64_t time_after(const struct judging *it, const struct event *event)
{
    int64_t end = units_input_end(it, event), longest = 0;
    struct gap after;

    if (end != TIME_UNKNOWN && event->time_us != TIME_UNKNOWN) {
        longest = end - event->time_us;
    }
    for (size_t i = it->timeline->n; i > 0; i--) {
        const struct event *last = judging_event(it, (uint32_t)i - 1);

        if (last->node == event->node) {
            return event_gap(event, last, &after) && after.least_us > longest ? after.least_us
                                                                              : longest;
        }
    }
    return longest;
}

/* Not only for a moment: it was complained of in shorter intervals than it is quiet since. More
 * than five minutes are two occasions, not an interval. */
static bool recovers(const struct judging *it, const struct finding *by,
                     const struct finding *finding)
{
    const struct event *back = judging_last_event(it, by), *bad = judging_last_event(it, finding);
    int64_t interval = silence_rhythm(it, finding).interval_us;
    int64_t needed = interval < STABLE_US ? STABLE_US : interval > FRESH_US ? FRESH_US : interval;
    struct gap since;

    return event_gap(bad, back, &since) && since.least_us > 0 && time_after(it, bad) >= needed;
}

static bool is_recovered_by_rule(const struct judging *it, uint32_t node,
                                 const struct finding *finding)
{
    const struct rule *rule = finding->rule;

    for (size_t i = 0; i < rule->n_recovered_by; i++) {
        const struct rule *by = &it->question->rules->items[rule->recovered_by[i]];

        for (size_t k = 0; k < it->report->nodes[node].n_findings; k++) {
            const struct finding *other = &it->findings[node][k];

            if (other->rule == by && is_about_the_same(other, finding) &&
                recovers(it, other, finding)) {
                return true;
            }
        }
    }
    return false;
}

/* --- a finding about the deaths of a unit --- */

static bool is_death_of(const struct judging *it, uint32_t run, uint32_t node, uint32_t finding)
{
    return it->ends[run].died &&
           (it->ends[run].cause == finding || run_ends_explains(it, node, finding, run));
}

/* The unit whose death the finding explains last; NULL: it explains none in this boot. */
static const struct unit_end *unit_killed(const struct judging *it, uint32_t node, uint32_t finding)
{
    for (size_t i = it->question->runs->n; i > 0; i--) {
        const struct run *run = judging_run(it, (uint32_t)i - 1);

        if (run->node == node && is_death_of(it, (uint32_t)i - 1, node, finding)) {
            return judging_unit(it, node, run->unit);
        }
    }
    return NULL;
}

/* The unit that a symptom is about. */
static const struct unit_end *unit_of_symptom(const struct judging *it,
                                              const struct finding *finding)
{
    for (size_t i = finding->n_events; i > 0; i--) {
        const struct event *event = judging_event(it, finding->events[i - 1]);

        if (event->run != NO_RUN) {
            return judging_unit(it, event->node, event->unit);
        }
    }
    return NULL;
}

/* Was it seen since the start of the unit's last run that died? */
static bool is_of_last_death(const struct judging *it, const struct unit_end *unit,
                             const struct finding *finding)
{
    return unit->last_death == NO_RUN ||
           finding->events[finding->n_events - 1] >= judging_run(it, unit->last_death)->first;
}

/* Complained of again by the run that did not end, and not only before it worked? */
static bool is_seen_while_up(const struct judging *it, const struct unit_end *unit,
                             const struct finding *finding)
{
    const struct run *run = judging_run(it, unit->last);
    uint32_t last = finding->events[finding->n_events - 1];

    if (it->ends[unit->last].died || judging_event(it, last)->run != unit->last) {
        return false;
    }
    for (uint32_t i = run->first; i < last; i++) {
        if (judging_event(it, i)->run == unit->last &&
            judging_signal(it, judging_event(it, i))->run == RUN_UP) {
            return true;
        }
    }
    return false;
}

static enum finding_status status_by_unit(const struct judging *it, const struct unit_end *unit,
                                          uint32_t node, uint32_t finding)
{
    const struct finding *judged = &it->findings[node][finding];
    bool last;

    if (!unit_end_is_down(unit)) {
        return unit->passed ? STATUS_RECOVERED : STATUS_ONGOING;
    }
    if (judged->rule->symptom) {
        last = is_of_last_death(it, unit, judged);
    } else {
        last = unit->last_death != NO_RUN && is_death_of(it, unit->last_death, node, finding);
    }
    return last ? STATUS_ONGOING : STATUS_SUPERSEDED;
}

/* --- a finding that says that the unit works, or is stopped --- */

static bool has_mark(const struct finding *finding, enum run_mark mark)
{
    for (size_t i = 0; i < finding->rule->n_signals; i++) {
        if (finding->rule->signals[i].run == mark) {
            return true;
        }
    }
    return false;
}

/* --- a complaint --- */

static void add_reason(const struct judging *it, struct finding *finding, const char *reason)
{
    const char **reasons;
    size_t n = 0;

    while (finding->reasons && finding->reasons[n]) {
        n++;
    }
    reasons = ARENA_ARRAY(it->report->arena, const char *, n + 2);
    for (size_t i = 0; i < n; i++) {
        reasons[i] = finding->reasons[i];
    }
    reasons[n] = reason;
    finding->reasons = reasons;
}

/* Seen once, and its component continued to log long after it. */
static bool is_past(const struct judging *it, const struct rhythm *rhythm)
{
    const struct event *last = rhythm->last;
    int64_t at = last->time_us != TIME_UNKNOWN ? last->time_us : last->monotonic_us, from, to;

    return rhythm->times == 1 && at != TIME_UNKNOWN &&
           observed_range(it->question->observed, last, &from, &to) && to - at > FRESH_US;
}

/* Seen only in the last moments of a run that died. What is normal for a moment at every start would
 * have ended if the process had not; the death decides. */
static bool is_cut_off(const struct judging *it, const struct finding *finding)
{
    const struct event *last = judging_last_event(it, finding);
    const struct event *first = last;
    int64_t lived;

    if (last->run == NO_RUN || !it->ends[last->run].died ||
        finding->confidence == CONFIDENCE_CERTAIN) {
        return false;
    }
    for (size_t i = finding->n_events; i > 0; i--) {
        const struct event *event = judging_event(it, finding->events[i - 1]);

        first = event->run == last->run ? event : first;
    }
    return event_distance(first, judging_event(it, it->ends[last->run].at), &lived) &&
           lived < MOMENT_US;
}

static enum finding_status status_of_complaint(const struct judging *it, struct finding *finding)
{
    struct rhythm rhythm = silence_rhythm(it, finding);
    const char *sentence;

    if (is_cut_off(it, finding)) {
        return STATUS_SUPERSEDED;
    }
    if (is_past(it, &rhythm)) {
        return STATUS_HAPPENED;
    }
    if (silence_has_ended(it, &rhythm) != IS_TRUE) {
        return STATUS_ONGOING;
    }
    sentence = silence_sentence(it, &rhythm);
    if (sentence) {
        add_reason(it, finding, sentence);
    }
    return STATUS_RECOVERED;
}

/* --- all of them --- */

static enum finding_status status_of(const struct judging *it, uint32_t node, uint32_t index)
{
    struct finding *finding = &it->findings[node][index];
    const struct unit_end *unit = unit_of_symptom(it, finding);

    if (judging_is_earlier_boot(it, judging_last_event(it, finding))) {
        return STATUS_EARLIER_BOOT;
    }
    if (has_mark(finding, RUN_UP)) {
        return !unit || unit->state == UNIT_RUNNING ? STATUS_ONGOING : STATUS_HAPPENED;
    }
    if (has_mark(finding, RUN_STOPS)) {
        return !unit || unit->state == UNIT_STOPPED ? STATUS_ONGOING : STATUS_HAPPENED;
    }
    if (!finding->rule->symptom) {
        unit = unit_killed(it, node, index);
    }
    if (finding->rule->lasts == LASTS_MOMENT && !unit) {
        return STATUS_HAPPENED;
    }
    if (!(unit && unit_end_is_down(unit)) && is_recovered_by_rule(it, node, finding)) {
        return STATUS_RECOVERED;
    }
    if (unit && !(finding->rule->lasts == LASTS_WHILE_SEEN && !finding->rule->symptom &&
                  is_seen_while_up(it, unit, finding))) {
        return status_by_unit(it, unit, node, index);
    }
    return finding->rule->lasts == LASTS_WHILE_SEEN ? status_of_complaint(it, finding)
                                                    : STATUS_ONGOING;
}

void status_find(struct judging *it)
{
    for (uint32_t i = 0; i < it->report->n_nodes; i++) {
        for (uint32_t k = 0; k < it->report->nodes[i].n_findings; k++) {
            it->findings[i][k].status = status_of(it, i, k);
        }
    }
}

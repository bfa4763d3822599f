/* What the units of each node are at the end: running, dead, looping, stopped.
 *
 * A unit that died and was started again counts as running only when its last run passed the point
 * where those before it died: it reached what none of them reached, or it lived longer. */

#include "verdict/units.h"

#include "verdict/absent_units.h"
#include "verdict/unit_proof.h"

/* A start proves nothing before this time. */
static const int64_t STABLE_US = 30 * USEC_PER_SEC;

/* A run that lived this long passed, however long the others lived. */
static const int64_t LONG_US = 10 * USEC_PER_MINUTE;

/* Deaths in a row this close to each other are a loop. */
static const int64_t LOOP_US = 15 * USEC_PER_MINUTE;

/* --- how long a run lived --- */

int64_t units_input_end(const struct judging *it, const struct event *event)
{
    const struct report *report = it->report;
    const struct moment *last;
    int64_t end;

    if (event->seen->input >= report->n_inputs || event->time_us == TIME_UNKNOWN ||
        event->seen->when.time_us == TIME_UNKNOWN) {
        return TIME_UNKNOWN;
    }
    last = &report->inputs[event->seen->input].last;
    if (last->time_us == TIME_UNKNOWN) {
        return TIME_UNKNOWN;
    }
    /* The node's clock may differ from the input's. */
    end = last->time_us + (event->time_us - event->seen->when.time_us);
    return end < event->time_us ? event->time_us : end;
}

static int64_t life_of_dead(const struct judging *it, uint32_t run)
{
    int64_t life;

    return event_distance(judging_event(it, judging_run(it, run)->first),
                          judging_event(it, it->ends[run].at), &life) &&
                   life > 0
               ? life
               : 0;
}

/* To the end of the input: a run that did not die continued. */
static int64_t life_of_living(const struct judging *it, uint32_t run)
{
    const struct event *first = judging_event(it, judging_run(it, run)->first),
                       *last = judging_event(it, judging_run(it, run)->last);
    int64_t end = units_input_end(it, last), life = 0;

    if (end != TIME_UNKNOWN && first->time_us != TIME_UNKNOWN) {
        return end - first->time_us;
    }
    return event_distance(first, last, &life) && life > 0 ? life : 0;
}

/* --- what a run reached --- */

/* Has the run an entry of this signal? */
static bool has_reached(const struct judging *it, uint32_t run, const struct event *point)
{
    const struct run *of = judging_run(it, run);

    for (uint32_t i = of->first; i <= of->last; i++) {
        const struct event *event = judging_event(it, i);

        if (event->run == run && event->rule == point->rule && event->index == point->index) {
            return true;
        }
    }
    return false;
}

/* Did the run reach a point where the unit works, which the dead one did not? */
static bool got_further(const struct judging *it, uint32_t run, uint32_t dead)
{
    const struct run *of = judging_run(it, run);

    for (uint32_t i = of->first; i <= of->last; i++) {
        const struct event *event = judging_event(it, i);

        if (event->run == run && judging_signal(it, event)->run == RUN_UP &&
            !has_reached(it, dead, event)) {
            return true;
        }
    }
    return false;
}

static bool has_passed(const struct judging *it, uint32_t run, uint32_t dead)
{
    int64_t needed = life_of_dead(it, dead);

    if (got_further(it, run, dead)) {
        return true;
    }
    needed = needed < STABLE_US ? STABLE_US : needed > LONG_US ? LONG_US : needed;
    return life_of_living(it, run) >= needed;
}

/* --- what others say of it --- */

/* Did the run reach a point where the unit works? */
static bool has_worked(const struct judging *it, uint32_t run)
{
    const struct run *of = judging_run(it, run);

    for (uint32_t i = of->first; i <= of->last; i++) {
        if (judging_event(it, i)->run == run &&
            judging_signal(it, judging_event(it, i))->run == RUN_UP) {
            return true;
        }
    }
    return false;
}

/* The cluster heard from the node after the death: a heartbeat of its object, an event of its kubelet. What worked
 * for a while before each death may die again. */
static uint32_t find_sign_of_life(const struct judging *it, const struct unit_end *unit)
{
    const struct event *death;
    int64_t needed, since;

    if (unit->last_death != unit->last ||
        !it->question->rules->streams.items[unit->unit].expected) {
        return NO_EVENT;
    }
    death = judging_event(it, it->ends[unit->last_death].at);
    needed = has_worked(it, unit->last_death) ? LONG_US : DISORDER_US;
    for (uint32_t i = (uint32_t)it->timeline->n; i > 0 && death->seen->when.zone_known; i--) {
        const struct event *event = judging_event(it, i - 1);

        if (event->node == unit->node && event->unit != unit->unit &&
            judging_signal(it, event)->run == RUN_UP && event->seen->when.zone_known &&
            event_distance(death, event, &since) && since > needed) {
            return i - 1;
        }
    }
    return NO_EVENT;
}

/* --- the state --- */

static bool is_loop(const struct judging *it, const struct unit_end *unit)
{
    uint32_t later = unit->last_death;
    size_t n = 1;

    for (uint32_t i = later; i > 0 && n < 3; i--) {
        const struct run *run = judging_run(it, i - 1);
        int64_t pause;

        if (run->node != unit->node || run->unit != unit->unit || !it->ends[i - 1].died) {
            continue;
        }
        if (event_distance(judging_event(it, it->ends[i - 1].at),
                           judging_event(it, it->ends[later].at), &pause) &&
            pause > LOOP_US) {
            return false;
        }
        later = i - 1;
        n++;
    }
    return n > 1;
}

static enum unit_state state_of(const struct judging *it, const struct unit_end *unit)
{
    if (unit->up != NO_EVENT) {
        return UNIT_RUNNING;
    }
    if (it->ends[unit->last].died) {
        return is_loop(it, unit) ? UNIT_LOOPING : UNIT_DEAD;
    }
    if (judging_run(it, unit->last)->asked != NO_EVENT) {
        return UNIT_STOPPED;
    }
    return unit->passed ? UNIT_RUNNING : UNIT_LOOPING;
}

static struct unit_end *unit_at(struct judging *it, uint32_t node, uint32_t unit)
{
    struct unit_end *known = (struct unit_end *)judging_unit(it, node, unit);

    if (!known) {
        known = &it->units[it->n_units++];
        *known =
            (struct unit_end){ .node = node, .unit = unit, .last_death = NO_RUN, .up = NO_EVENT };
    }
    return known;
}

/* Only what runs as a unit: the kernel and events are streams, too. */
static bool is_unit(const struct judging *it, uint32_t stream)
{
    const char *const *units = it->question->rules->streams.items[stream].units;

    return units && *units;
}

static void take_run(struct judging *it, uint32_t run)
{
    const struct run *of = judging_run(it, run);
    struct unit_end *unit;

    if (!is_unit(it, of->unit) || judging_is_earlier_boot(it, judging_event(it, of->last))) {
        return;
    }
    unit = unit_at(it, of->node, of->unit);
    unit->last = run;
    unit->n_runs++;
    if (it->ends[run].died) {
        unit->last_death = run;
        unit->n_deaths++;
    }
}

void units_find(struct judging *it)
{
    size_t n = it->question->runs->n, most = it->timeline->n_nodes * STREAMS_MAX;

    it->units = ARENA_ARRAY(it->report->arena, struct unit_end, n < most ? n : most);
    for (uint32_t i = 0; i < n; i++) {
        take_run(it, i);
    }
    for (size_t i = 0; i < it->n_units; i++) {
        struct unit_end *unit = &it->units[i];

        unit->up = find_sign_of_life(it, unit);
        unit->passed =
            unit->up != NO_EVENT ||
            (!it->ends[unit->last].died &&
             (unit->last_death == NO_RUN || has_passed(it, unit->last, unit->last_death)));
        unit->state = state_of(it, unit);
    }
}

/* --- the report --- */

static uint32_t since_of(const struct judging *it, const struct unit_end *unit)
{
    const struct run *last = judging_run(it, unit->last);

    switch (unit->state) {
    case UNIT_DEAD:
    case UNIT_LOOPING:
        return unit->last_death == NO_RUN ? last->first : it->ends[unit->last_death].at;
    case UNIT_STOPPED:
        return last->asked;
    case UNIT_RUNNING:
        return unit->up == NO_EVENT ? last->first : unit->up;
    case UNIT_NEVER_STARTED:
    case UNIT_NOT_IN_INPUT:
        break;
    }
    return last->first;
}

static struct span exit_status_of(const struct judging *it, const struct unit_end *unit)
{
    const struct run_end *end;

    if (unit->last_death == NO_RUN) {
        return (struct span){ 0 };
    }
    end = &it->ends[unit->last_death];
    for (size_t i = end->n_reports; i > 0; i--) {
        const struct fact *status =
            signal_fact(judging_event(it, end->reports[i - 1])->signal, SPAN("status"));

        if (status && !span_empty(status->text)) {
            return status->text;
        }
    }
    return (struct span){ 0 };
}

struct node_unit units_describe(const struct judging *it, const struct unit_end *unit)
{
    struct arena *arena = it->report->arena;
    const struct event *since = judging_event(it, since_of(it, unit));
    struct span name = judging_unit_name(it, unit->node, unit->unit);
    bool known = !span_empty(name);

    if (!known) {
        name = span_of(it->question->rules->streams.items[unit->unit].name);
    }
    return (struct node_unit){
        .unit = arena_copy(arena, name),
        .known = known,
        .streams = UINT64_C(1) << unit->unit,
        .state = unit->state,
        .since = event_moment(since),
        .since_stamp =
            since->seen->whole ? arena_copy(arena, since->seen->whole->stamp) : (struct span){ 0 },
        .exit_status = arena_copy(arena, exit_status_of(it, unit)),
        .runs = unit->n_runs,
        .deaths = unit->n_deaths,
        .expected = it->question->rules->streams.items[unit->unit].expected,
    };
}

void units_report(struct judging *it)
{
    struct node *nodes = ARENA_ARRAY(it->report->arena, struct node, it->report->n_nodes);
    size_t most = it->n_units + it->report->n_nodes * STREAMS_MAX;
    struct node_unit *units = ARENA_ARRAY(it->report->arena, struct node_unit, most);
    size_t n = 0;

    for (size_t i = 0; i < it->report->n_nodes; i++) {
        size_t n_absent;

        nodes[i] = it->report->nodes[i];
        nodes[i].units = &units[n];
        for (size_t k = 0; k < it->n_units; k++) {
            if (it->units[k].node == i) {
                units[n] = units_describe(it, &it->units[k]);
                unit_proof_fill(it, &it->units[k], &units[n++]);
                nodes[i].n_units++;
            }
        }
        n_absent = absent_units_find(it, (uint32_t)i, &units[n]);
        nodes[i].n_units += n_absent;
        n += n_absent;
    }
    it->report->nodes = nodes;
}

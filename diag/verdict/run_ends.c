/* Which runs died, and of what.
 *
 *     Started kubelet              the run begins
 *     running with swap on ...     a fatal line of its process: the cause
 *     Main process exited          the death
 *
 * A cause explains a death when the process itself gave it as the reason, or when the rules connect
 * one of its entries with one that reports this death. What happened in another run explains
 * nothing here. */

#include "verdict/run_ends.h"

#include "rule/death.h"

enum {
    MAX_TRIED = 64, /* entries of a finding, latest first */
    MAX_STEPS = 3,  /* rules between a cause and a death */
    MAX_BACK = 512, /* events of the timeline, for a rule between */
};

/* A process that still logs this long after a line that should have been its last did not die. */
static const int64_t LIVES_ON_US = 10 * USEC_PER_SEC;

/* Without a window and outside of the run, a cause is this close to the death. */
static const int64_t NEAR_US = 10 * USEC_PER_MINUTE;

/* No window of a rule is longer than this before the run. */
static const int64_t EARLY_US = USEC_PER_HOUR;

/* --- deaths --- */

static void note_report(struct run_end *end, uint32_t event)
{
    if (!end->died) {
        end->at = event;
    }
    end->died = true;
    if (end->n_reports < REPORTS_MAX) {
        end->reports[end->n_reports++] = event;
    } else {
        end->reports[REPORTS_MAX - 1] = event;
    }
}

static bool lives_on(const struct judging *it, uint32_t run)
{
    const struct run *of = judging_run(it, run);
    int64_t since;

    return !of->ended &&
           rule_reports_own_death(it->question->rules,
                                  judging_event(it, it->ends[run].at)->signal) &&
           event_distance(judging_event(it, it->ends[run].at), judging_event(it, of->last),
                          &since) &&
           since > LIVES_ON_US;
}

static void find_deaths(struct judging *it)
{
    for (uint32_t i = 0; i < it->timeline->n; i++) {
        const struct event *event = judging_event(it, i);

        if (event->run != NO_RUN && rule_reports_death(it->question->rules, event->signal)) {
            note_report(&it->ends[event->run], i);
        }
    }
    for (uint32_t i = 0; i < it->question->runs->n; i++) {
        struct run_end *end = &it->ends[i];
        uint32_t asked = judging_run(it, i)->asked;

        if (end->died && ((asked != NO_EVENT && asked < end->at) || lives_on(it, i))) {
            end->died = false;
        }
    }
}

/* --- causes --- */

static bool edge_holds(const struct explains *edge, const struct event *cause,
                       const struct event *effect, bool lasting)
{
    bool same_run = cause->run != NO_RUN && cause->run == effect->run;
    int64_t delay;

    if (!event_shares(cause, effect, edge->same)) {
        return false;
    }
    if (cause->unit == effect->unit && cause->run != NO_RUN && !same_run) {
        return false;
    }
    if (!event_distance(cause, effect, &delay)) {
        return true;
    }
    return delay >= -DISORDER_US &&
           (edge->within_us ? delay <= edge->within_us : same_run || lasting || delay <= NEAR_US);
}

static bool leads_to_death(const struct judging *it, uint32_t event, uint32_t run, unsigned steps);

/* Through an entry of a rule between: the cause, then cAdvisor fails, then the kubelet exits. */
static bool leads_over(const struct judging *it, const struct event *cause,
                       const struct explains *edge, uint32_t run, unsigned steps, bool lasting)
{
    const struct run *of = judging_run(it, run);
    uint32_t first = of->last - of->first < MAX_BACK ? of->first : of->last + 1 - MAX_BACK;
    uint32_t at = of->last + 1;

    while ((at = rule_events_before(&it->of_rule, edge->rule, at)) != NO_EVENT && at >= first) {
        if (edge_holds(edge, cause, judging_event(it, at), lasting) &&
            leads_to_death(it, at, run, steps - 1)) {
            return true;
        }
    }
    return false;
}

static bool leads_to_death(const struct judging *it, uint32_t event, uint32_t run, unsigned steps)
{
    const struct event *cause = judging_event(it, event);
    const struct rule *rule = &it->question->rules->items[cause->rule];
    const struct run_end *end = &it->ends[run];

    for (size_t i = 0; i < rule->n_explains; i++) {
        const struct explains *edge = &rule->explains[i];

        for (size_t k = 0; k < end->n_reports; k++) {
            const struct event *report = judging_event(it, end->reports[k]);

            if (report->rule == edge->rule &&
                edge_holds(edge, cause, report, rule->lasts == LASTS_BOOT)) {
                return true;
            }
        }
        if (steps > 1 && leads_over(it, cause, edge, run, steps, rule->lasts == LASTS_BOOT)) {
            return true;
        }
    }
    return false;
}

/* Number of the finding's events that come before the end of the run; they are its first ones. */
static size_t events_until(const struct judging *it, const struct finding *finding, uint32_t run)
{
    const struct event *end = judging_event(it, judging_run(it, run)->last);
    size_t low = 0, high = finding->n_events;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int64_t delay;

        if (finding->events[middle] <= judging_run(it, run)->last ||
            (event_distance(judging_event(it, finding->events[middle]), end, &delay) &&
             delay >= -DISORDER_US)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Is the event, and all that came before it, too early to matter for this run? */
static bool is_too_early(const struct judging *it, uint32_t event, uint32_t run, bool lasting)
{
    const struct event *early = judging_event(it, event);
    const struct run *of = judging_run(it, run);
    int64_t before;

    return !lasting && event < of->first &&
           (early->unit == of->unit ||
            (event_distance(early, judging_event(it, of->first), &before) && before > EARLY_US));
}

bool run_ends_explains(const struct judging *it, uint32_t node, uint32_t finding, uint32_t run)
{
    const struct finding *cause = &it->findings[node][finding];
    bool lasting = cause->rule->lasts == LASTS_BOOT;
    size_t end = events_until(it, cause, run);

    for (size_t tried = 0; tried < end && tried < MAX_TRIED; tried++) {
        uint32_t at = cause->events[end - 1 - tried];
        const struct event *event = judging_event(it, at);

        if (is_too_early(it, at, run, lasting)) {
            return false;
        }

        if ((event->run == run && judging_signal(it, event)->fatal) ||
            leads_to_death(it, at, run, MAX_STEPS)) {
            return true;
        }
    }
    return false;
}

static bool is_fatal_in(const struct judging *it, const struct finding *finding, uint32_t run)
{
    size_t end = events_until(it, finding, run);

    for (size_t tried = 0; tried < end && tried < MAX_TRIED; tried++) {
        const struct event *event = judging_event(it, finding->events[end - 1 - tried]);

        if (event->run == run && judging_signal(it, event)->fatal) {
            return true;
        }
    }
    return false;
}

/* Is `a` the better explanation of this death? What the process gave as its reason; then what is
 * surer, worse, and earlier in the report's order. */
static bool is_better(const struct judging *it, const struct finding *a, const struct finding *b,
                      uint32_t run)
{
    int order = (int)is_fatal_in(it, a, run) - (int)is_fatal_in(it, b, run);

    if (order == 0) {
        order = (int)a->confidence - (int)b->confidence;
    }
    if (order == 0) {
        order = (int)a->rule->severity - (int)b->rule->severity;
    }
    return order > 0;
}

/* The cause of the cause, where it explains this death, too. */
static uint32_t find_root(const struct judging *it, uint32_t node, uint32_t finding, uint32_t run)
{
    const struct finding *findings = it->findings[node];

    for (size_t steps = 0; steps < MAX_STEPS; steps++) {
        uint32_t deeper = finding;

        for (size_t i = 0; i < findings[finding].n_explained_by; i++) {
            uint32_t other = findings[finding].explained_by[i];

            if (!findings[other].rule->symptom &&
                findings[other].confidence >= findings[finding].confidence &&
                run_ends_explains(it, node, other, run)) {
                deeper = other;
                break;
            }
        }
        if (deeper == finding) {
            break;
        }
        finding = deeper;
    }
    return finding;
}

static uint32_t find_cause(const struct judging *it, uint32_t run)
{
    uint32_t node = judging_run(it, run)->node, best = NO_CAUSE;

    for (uint32_t i = 0; i < it->report->nodes[node].n_findings; i++) {
        const struct finding *finding = &it->findings[node][i];

        if (finding->rule->symptom || finding->rule->severity < RULE_WARNING ||
            finding->confidence == CONFIDENCE_POSSIBLE || !run_ends_explains(it, node, i, run)) {
            continue;
        }
        if (best == NO_CAUSE || is_better(it, finding, &it->findings[node][best], run)) {
            best = i;
        }
    }
    return best == NO_CAUSE ? NO_CAUSE : find_root(it, node, best, run);
}

void run_ends_find(struct judging *it)
{
    size_t n = it->question->runs->n;

    it->ends = ARENA_ARRAY(it->report->arena, struct run_end, n);
    it->of_rule = rule_events_of(it->timeline, it->question->rules->n, it->report->arena);
    find_deaths(it);
    for (uint32_t i = 0; i < n; i++) {
        it->ends[i].cause = it->ends[i].died ? find_cause(it, i) : NO_CAUSE;
    }
}

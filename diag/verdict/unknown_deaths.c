/* Units whose last death no rule explains, and symptoms without a run that nothing explains. */

#include "verdict/unknown_deaths.h"

#include "base/buf.h"
#include "base/vec.h"
#include "verdict/units.h"

struct unknown_deaths {
    VEC(struct unexplained) items;
};

/* --- what a unit has died of --- */

/* The deaths of one cause before the last ones. */
struct share {
    uint32_t cause;
    uint64_t n;
};

struct shares {
    VEC(struct share) items;
};

static void add_share(struct shares *shares, uint32_t cause)
{
    for (size_t i = 0; i < shares->items.n; i++) {
        if (shares->items.items[i].cause == cause) {
            shares->items.items[i].n++;
            return;
        }
    }
    vec_push(&shares->items, (struct share){ cause, 1 });
}

static void add_times(struct buf *out, uint64_t n)
{
    buf_printf(out, "%llu %s", (unsigned long long)n, n == 1 ? "time" : "times");
}

static void add_share_text(const struct judging *it, uint32_t node, const struct share *share,
                           struct buf *out)
{
    add_times(out, share->n);
    if (share->cause == NO_CAUSE) {
        buf_add_string(out, " for a reason that no rule knows");
    } else {
        buf_add_string(out, " because of ");
        buf_add_string(out, it->findings[node][share->cause].rule->id);
    }
}

static struct span stamp_of(const struct judging *it, uint32_t run)
{
    const struct event *event = judging_event(it, it->ends[run].at);

    return event->seen->whole ? event->seen->whole->stamp : (struct span){ 0 };
}

/* `died 40 times: 30 times because of kubelet/swap-enabled (until 10:04:50), then 10 times for a
 * reason that no rule knows`; NULL when all its deaths are alike. */
static const char *tell_deaths(const struct judging *it, const struct unit_end *unit)
{
    CLEANUP(buf_done_at) struct buf out = { 0 };
    struct share last = { it->ends[unit->last_death].cause, 0 };
    uint32_t before = unit->last_death;
    struct shares shares = { 0 };

    for (uint32_t i = unit->last_death + 1; i > 0; i--) {
        const struct run *run = judging_run(it, i - 1);

        if (run->node != unit->node || run->unit != unit->unit || !it->ends[i - 1].died ||
            judging_is_earlier_boot(it, judging_event(it, run->last))) {
            continue;
        }
        if (shares.items.n == 0 && it->ends[i - 1].cause == last.cause) {
            last.n++;
            continue;
        }
        if (shares.items.n == 0) {
            before = i - 1;
        }
        add_share(&shares, it->ends[i - 1].cause);
    }
    if (shares.items.n == 0) {
        return NULL;
    }
    buf_add_string(&out, "died ");
    add_times(&out, unit->n_deaths);
    buf_add_string(&out, ": ");
    for (size_t i = shares.items.n; i > 0; i--) {
        add_share_text(it, unit->node, &shares.items.items[i - 1], &out);
        buf_add_string(&out, i > 1 ? ", " : "");
    }
    if (!span_empty(stamp_of(it, before))) {
        buf_add_string(&out, " (until ");
        buf_add(&out, stamp_of(it, before));
        buf_add_string(&out, ")");
    }
    buf_add_string(&out, ", then ");
    add_share_text(it, unit->node, &last, &out);
    vec_free(&shares.items);
    return arena_string(it->report->arena, buf_span(&out));
}

/* --- the last death of a unit --- */

static bool reports_run(const struct judging *it, const struct finding *finding, uint32_t run)
{
    for (size_t i = 0; i < finding->n_events; i++) {
        if (judging_event(it, finding->events[i])->run == run) {
            return true;
        }
    }
    return false;
}

/* The symptom that reports the death: a root before others. */
static const char *title_of(const struct judging *it, const struct unit_end *unit)
{
    const char *title = NULL;

    for (size_t i = 0; i < it->report->nodes[unit->node].n_findings; i++) {
        const struct finding *finding = &it->findings[unit->node][i];

        if (finding->rule->symptom && (!title || finding->role == FINDING_ROOT) &&
            reports_run(it, finding, unit->last_death)) {
            title = finding->title;
        }
    }
    return title;
}

static void add_unit(struct unknown_deaths *deaths, struct judging *it, const struct unit_end *unit)
{
    const char *title;
    struct node_unit known;

    if (!unit_end_is_down(unit) || unit->last_death == NO_RUN ||
        it->ends[unit->last_death].cause != NO_CAUSE) {
        return;
    }
    title = title_of(it, unit);
    if (!title) {
        return;
    }
    known = units_describe(it, unit);
    vec_push(&deaths->items,
             (struct unexplained){
                 .host = it->report->nodes[unit->node].host,
                 .unit = known.known ? known.unit : (struct span){ 0 },
                 .title = title,
                 .streams = judging_event(it, it->ends[unit->last_death].at)->signal->unit_streams,
                 .exit_status = known.exit_status,
                 .deaths = tell_deaths(it, unit),
                 .is_last_death = true,
             });
}

/* --- symptoms that are not about a run --- */

static struct span latest_text(const struct judging *it, const struct finding *finding,
                               struct span name)
{
    for (size_t i = finding->n_events; i > 0; i--) {
        const struct fact *fact =
            signal_fact(judging_event(it, finding->events[i - 1])->signal, name);

        if (fact && !span_empty(fact->text)) {
            return arena_copy(it->report->arena, fact->text);
        }
    }
    return (struct span){ 0 };
}

static bool is_about_runs(const struct judging *it, const struct finding *finding)
{
    for (size_t i = 0; i < finding->n_events; i++) {
        const struct event *event = judging_event(it, finding->events[i]);

        if (event->run != NO_RUN && judging_unit(it, event->node, event->unit)) {
            return true;
        }
    }
    return false;
}

static bool is_explained(const struct judging *it, uint32_t node, const struct finding *finding)
{
    bool explained = false;

    for (size_t i = 0; i < finding->n_explained_by; i++) {
        const struct finding *cause = &it->findings[node][finding->explained_by[i]];

        explained |= cause->rule->symptom || cause->confidence > CONFIDENCE_POSSIBLE;
    }
    return explained;
}

static bool is_same(const struct unexplained *a, const struct unexplained *b)
{
    if (!span_equal(a->host, b->host)) {
        return false;
    }
    return span_empty(a->unit) || span_empty(b->unit) ? (a->streams & b->streams) != 0
                                                      : span_equal(a->unit, b->unit);
}

static void add_symptom(struct unknown_deaths *deaths, struct judging *it, uint32_t node,
                        const struct finding *finding)
{
    struct unexplained symptom = {
        .host = it->report->nodes[node].host,
        .title = finding->title,
        .streams = judging_last_event(it, finding)->signal->unit_streams,
    };

    if (!finding->rule->symptom || !finding_status_is_current(finding->status) ||
        is_about_runs(it, finding) || is_explained(it, node, finding)) {
        return;
    }
    symptom.unit = latest_text(it, finding, SPAN("unit"));
    symptom.exit_status = latest_text(it, finding, SPAN("status"));
    for (size_t i = 0; i < deaths->items.n; i++) {
        struct unexplained *known = &deaths->items.items[i];

        if (is_same(known, &symptom)) {
            known->unit = span_empty(known->unit) ? symptom.unit : known->unit;
            known->exit_status =
                span_empty(known->exit_status) ? symptom.exit_status : known->exit_status;
            return;
        }
    }
    vec_push(&deaths->items, symptom);
}

void unknown_deaths_report(struct judging *it)
{
    struct unknown_deaths deaths = { 0 };
    struct unexplained *items;

    for (size_t i = 0; i < it->n_units; i++) {
        add_unit(&deaths, it, &it->units[i]);
    }
    for (uint32_t i = 0; i < it->report->n_nodes; i++) {
        for (size_t k = 0; k < it->report->nodes[i].n_findings; k++) {
            add_symptom(&deaths, it, i, &it->findings[i][k]);
        }
    }
    items = ARENA_ARRAY(it->report->arena, struct unexplained, deaths.items.n);
    if (deaths.items.n) {
        memcpy(items, deaths.items.items, deaths.items.n * sizeof(*items));
    }
    it->report->unexplained = items;
    it->report->n_unexplained = deaths.items.n;
    vec_free(&deaths.items);
}

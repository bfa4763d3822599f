/* Units that died without an explanation. */

#include "reason/deaths.h"

#include "base/vec.h"

/* Units that died without an explanation, each once. */
struct deaths {
    VEC(struct unexplained) items;
};

/* The latest text of the fact of that name. */
static struct span text_of(const struct reasoning *it, const struct candidate *candidate,
                           struct span name)
{
    for (size_t i = candidate->events.n; i > 0; i--) {
        const struct signal *signal = reason_event(it, candidate->events.items[i - 1])->signal;
        const struct fact *fact = signal_fact(signal, name);

        if (fact && !span_empty(fact->text)) {
            return fact->text;
        }
    }
    return (struct span){ 0 };
}

/* Of the symptom, or of what followed from it: a crash does not name its unit, systemd does. */
static struct span text_of_any(const struct reasoning *it, const struct candidate *candidate,
                               struct span name)
{
    struct span text = text_of(it, candidate, name);

    for (size_t i = 0; span_empty(text) && i < candidate->effects.n; i++) {
        text = text_of(it, &it->candidates.items[candidate->effects.items[i]], name);
    }
    return text;
}

/* The unit of the process's own lines. */
static struct span own_unit(const struct reasoning *it, const struct candidate *candidate)
{
    for (size_t i = 0; i < candidate->events.n; i++) {
        const struct signal *signal = reason_event(it, candidate->events.items[i])->signal;

        if ((signal->streams & signal->unit_streams) && !span_empty(signal->unit)) {
            return signal->unit;
        }
    }
    return (struct span){ 0 };
}

/* No finding explains it, or only one that is merely possible. What another symptom explains is
 * reported with that symptom. */
static bool is_unexplained(const struct reasoning *it, const struct candidate *candidate)
{
    bool possible = false;

    if (candidate->suppressed || !candidate->rule->symptom ||
        candidate->finding.status == STATUS_EARLIER_BOOT) {
        return false;
    }
    for (size_t i = 0; i < candidate->causes.n; i++) {
        const struct candidate *cause = &it->candidates.items[candidate->causes.items[i]];

        if (!cause->rule->symptom && cause->confidence > CONFIDENCE_POSSIBLE) {
            return false;
        }
        possible |= !cause->rule->symptom;
    }
    return candidate->causes.n == 0 || possible;
}

static struct unexplained death_of(const struct reasoning *it, const struct candidate *candidate)
{
    const struct event *last = reason_event(it, candidate->events.items[candidate->events.n - 1]);
    struct unexplained death = {
        .host = it->timeline.hosts[candidate->node],
        .unit = text_of_any(it, candidate, SPAN("unit")),
        .title = candidate->finding.title,
        .streams = last->signal->unit_streams,
        .exit_status = text_of_any(it, candidate, SPAN("status")),
    };

    if (span_empty(death.unit)) {
        death.unit = own_unit(it, candidate);
    }
    return death;
}

static bool is_same_death(const struct unexplained *a, const struct unexplained *b)
{
    if (!span_equal(a->host, b->host)) {
        return false;
    }
    return span_empty(a->unit) || span_empty(b->unit) ? a->streams == b->streams
                                                      : span_equal(a->unit, b->unit);
}

/* Several symptoms may report one death. */
static void add_death(struct deaths *deaths, const struct unexplained *death)
{
    for (size_t i = 0; i < deaths->items.n; i++) {
        struct unexplained *known = &deaths->items.items[i];

        if (!is_same_death(known, death)) {
            continue;
        }
        if (span_empty(known->exit_status)) {
            known->exit_status = death->exit_status;
        }
        if (span_empty(known->unit)) {
            known->unit = death->unit;
        }
        return;
    }
    vec_push(&deaths->items, *death);
}

void reason_fill_unexplained(struct reasoning *it)
{
    struct arena *arena = it->report->arena;
    struct deaths deaths = { 0 };
    struct unexplained *items;

    for (size_t i = 0; i < it->candidates.n; i++) {
        const struct candidate *candidate = &it->candidates.items[i];

        if (is_unexplained(it, candidate) && candidate->events.n > 0) {
            struct unexplained death = death_of(it, candidate);

            add_death(&deaths, &death);
        }
    }
    items = ARENA_ARRAY(arena, struct unexplained, deaths.items.n);
    for (size_t i = 0; i < deaths.items.n; i++) {
        items[i] = deaths.items.items[i];
        items[i].host = arena_copy(arena, items[i].host);
        items[i].unit = arena_copy(arena, items[i].unit);
        items[i].exit_status = arena_copy(arena, items[i].exit_status);
    }
    it->report->unexplained = items;
    it->report->n_unexplained = deaths.items.n;
    vec_free(&deaths.items);
}

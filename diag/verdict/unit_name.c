/* What a unit is called in the log: kubelet.service, snap.kubelet.daemon.service. */

#include "verdict/unit_name.h"

/* The name of the unit in the event; empty: it does not have it. */
static struct span unit_in(const struct judging *it, const struct event *event)
{
    const struct fact *fact = signal_fact(event->signal, SPAN("unit"));

    if (fact && streams_of_unit(&it->question->rules->streams, fact->text)) {
        return fact->text;
    }
    return event->signal->streams & event->signal->unit_streams ? event->signal->unit
                                                                : (struct span){ 0 };
}

/* Most units have the name of their process: `kubelet` runs as kubelet.service. */
static struct span unit_by_identifier(const struct judging *it, const struct event *event)
{
    struct span identifier = event->signal->identifier, name;

    if (span_empty(identifier)) {
        return identifier;
    }
    name = span_of(arena_printf(it->report->arena, "%.*s.service", TEXT_OF(identifier)));
    return streams_of_unit(&it->question->rules->streams, name) & event->signal->unit_streams
               ? name
               : (struct span){ 0 };
}

/* The latest name of the unit among its events. */
struct span unit_name_find(const struct judging *it, uint32_t node, uint32_t unit)
{
    struct span name = { 0 }, guess = { 0 };

    for (uint32_t i = 0; i < it->timeline->n; i++) {
        const struct event *event = judging_event(it, i);
        struct span found;

        if (event->node != node || event->unit != unit) {
            continue;
        }
        found = unit_in(it, event);
        name = span_empty(found) ? name : found;
        if (span_empty(name) && span_empty(guess)) {
            guess = unit_by_identifier(it, event);
        }
    }
    return span_empty(name) ? guess : name;
}

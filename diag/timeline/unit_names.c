/* The name of a unit, from the entries about it: the field _SYSTEMD_UNIT, what systemd says, or the
 * identifier of its process. */

#include "timeline/unit_names.h"

/* The name of the unit in the event; empty: it does not have it. */
static struct span unit_in(const struct unit_question *question, const struct event *event)
{
    const struct fact *fact = signal_fact(event->signal, SPAN("unit"));

    if (fact && streams_of_unit(question->streams, fact->text)) {
        return fact->text;
    }
    return event->signal->streams & event->signal->unit_streams ? event->signal->unit
                                                                : (struct span){ 0 };
}

/* Most units have the name of their process: `kubelet` runs as kubelet.service. */
static struct span unit_by_identifier(const struct unit_question *question,
                                      const struct event *event, struct arena *arena)
{
    struct span identifier = event->signal->identifier, name;

    if (span_empty(identifier)) {
        return identifier;
    }
    name = span_of(arena_printf(arena, "%.*s.service", TEXT_OF(identifier)));
    return streams_of_unit(question->streams, name) & event->signal->unit_streams
               ? name
               : (struct span){ 0 };
}

static bool is_about(const struct unit_question *question, const struct event *event)
{
    return event->unit == question->stream;
}

struct span unit_name_find(const struct unit_question *question, struct arena *arena)
{
    struct span name = { 0 }, guess = { 0 };

    for (size_t i = timeline_first_of(question->timeline, question->node);
         i < question->timeline->n && question->timeline->events[i].node == question->node; i++) {
        const struct event *event = &question->timeline->events[i];
        struct span found;

        if (!is_about(question, event)) {
            continue;
        }
        found = unit_in(question, event);
        name = span_empty(found) ? name : found;
        if (span_empty(name) && span_empty(guess)) {
            guess = unit_by_identifier(question, event, arena);
        }
    }
    return span_empty(name) ? guess : name;
}

static bool is_shared(const struct unit_question *question, const struct event *event)
{
    return streams_list_matches(question->streams->items[question->stream].all_in_one,
                                event->signal->identifier);
}

/* The unit in the event, surely or by its identifier, if it is one of the stream. */
static struct span own_unit_in(const struct unit_question *question, const struct event *event,
                               struct arena *arena)
{
    struct span name = unit_in(question, event);

    if (span_empty(name) && !is_shared(question, event)) {
        name = unit_by_identifier(question, event, arena);
    }
    return streams_of_unit(question->streams, name) >> question->stream & 1 ? name
                                                                            : (struct span){ 0 };
}

/* Do both name their unit alike? */
static bool names_alike(const struct event *a, const struct event *b)
{
    const struct signal *one = a->signal, *other = b->signal;

    return (a->group == b->group ||
            (one->streams == other->streams && one->unit_streams == other->unit_streams &&
             span_equal(one->unit, other->unit) && !signal_fact(one, SPAN("unit")) &&
             !signal_fact(other, SPAN("unit")))) &&
           span_equal(one->identifier, other->identifier);
}

struct span unit_name_only(const struct unit_question *question, struct arena *arena)
{
    const struct event *last = NULL;
    struct span only = { 0 };

    for (size_t i = timeline_first_of(question->timeline, question->node);
         i < question->timeline->n && question->timeline->events[i].node == question->node; i++) {
        const struct event *event = &question->timeline->events[i];
        struct span name = { 0 };

        if (is_about(question, event) && !(last && names_alike(last, event))) {
            name = own_unit_in(question, event, arena);
            last = event;
        }
        if (!span_empty(name) && !span_empty(only) && !span_equal(name, only)) {
            return (struct span){ 0 };
        }
        only = span_empty(name) ? only : name;
    }
    return only;
}

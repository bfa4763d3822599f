/* The name of a node, the units of its components, and the commands of its distribution. */

#include "reason/node_facts.h"

#include "timeline/unit_names.h"

#include <ctype.h>

/* The node at work. */
struct finder {
    const struct streams *streams;
    const struct timeline *timeline;
    const struct states *states;
    struct arena *arena;
    uint32_t node;
    struct span units[STREAMS_MAX]; /* of each stream; empty: unknown */
    uint64_t streams_seen;          /* of which units there are events */
    struct finding_fact *facts;
    size_t n;
};

static void add_fact(struct finder *finder, struct span name, struct span text, bool is_command)
{
    struct fact *fact;

    if (span_empty(text)) {
        return;
    }
    fact = ARENA_NEW(finder->arena, struct fact);
    *fact = fact_parse(name, FACT_TEXT, text, finder->arena);
    finder->facts[finder->n++] = (struct finding_fact){
        .name = name, .values = fact, .n_values = 1, .is_command = is_command
    };
}

/* ---- the name ---- */

/* Kubernetes names nodes in lower case, whatever the host is called. */
static void add_name(struct finder *finder)
{
    struct span host = finder->timeline->hosts[finder->node];
    char *name = arena_string(finder->arena, host);

    for (size_t i = 0; i < host.size; i++) {
        name[i] = (char)tolower((unsigned char)name[i]);
    }
    add_fact(finder, SPAN("node"), (struct span){ name, host.size }, /* is_command= */ false);
}

/* ---- units ---- */

/* The only unit of the stream that systemctl printed as active. */
static struct span unit_by_state(const struct finder *finder, uint32_t stream)
{
    const struct state_table *table = states_find(finder->states, SPAN("units"));
    struct span only = { 0 };

    for (size_t i = 0; table && i < table->n_rows; i++) {
        const struct fact *name = state_row_fact(&table->rows[i], SPAN("name"));
        const struct fact *active = state_row_fact(&table->rows[i], SPAN("active"));

        if (!name || !active || !span_is(active->text, "active") ||
            !(streams_of_unit(finder->streams, name->text) >> stream & 1)) {
            continue;
        }
        if (!span_empty(only) && !span_equal(only, name->text)) {
            return (struct span){ 0 };
        }
        only = name->text;
    }
    return only;
}

static uint64_t find_streams(const struct finder *finder)
{
    uint64_t streams = 0;

    for (size_t i = 0; i < finder->timeline->n; i++) {
        const struct event *event = &finder->timeline->events[i];

        if (event->node == finder->node && event->unit != NO_UNIT) {
            streams |= UINT64_C(1) << event->unit;
        }
    }
    return streams;
}

static void find_units(struct finder *finder)
{
    finder->streams_seen = find_streams(finder);
    for (uint32_t i = 0; i < finder->streams->n; i++) {
        const struct unit_question question = { finder->timeline, finder->streams, finder->node,
                                                i };

        finder->units[i] = (struct span){ 0 };
        if (finder->streams_seen >> i & 1) {
            finder->units[i] = unit_name_only(&question, finder->arena);
        }
        if (span_empty(finder->units[i])) {
            finder->units[i] = unit_by_state(finder, i);
        }
    }
}

static void add_units(struct finder *finder)
{
    for (size_t i = 0; i < finder->streams->n; i++) {
        const char *name = arena_printf(finder->arena, "%s_unit", finder->streams->items[i].name);

        add_fact(finder, span_of(name), finder->units[i], /* is_command= */ false);
    }
}

/* ---- the variant ---- */

/* Did one of its processes log on the node? */
static bool has_logged(const struct finder *finder, uint32_t stream, const struct variant *variant)
{
    const struct timeline *timeline = finder->timeline;

    for (size_t i = timeline_first_of(timeline, finder->node);
         i < timeline->n && timeline->events[i].node == finder->node; i++) {
        const struct event *event = &timeline->events[i];

        if (event->unit == stream &&
            streams_list_matches(variant->identifiers, event->signal->identifier)) {
            return true;
        }
    }
    return false;
}

static bool is_named(const struct finder *finder, uint32_t stream, const struct variant *variant)
{
    return streams_list_matches(variant->units, finder->units[stream]) ||
           streams_list_matches(variant->hosts, finder->timeline->hosts[finder->node]);
}

/* The first whose unit or host is known, else whose processes logged, else the assumed one; NULL. */
static const struct variant *find_variant(const struct finder *finder, uint32_t stream)
{
    const struct stream *of = &finder->streams->items[stream];
    const struct variant *assumed = NULL;

    for (size_t i = 0; i < of->n_variants; i++) {
        if (is_named(finder, stream, &of->variants[i])) {
            return &of->variants[i];
        }
    }
    for (size_t i = 0; i < of->n_variants; i++) {
        if (has_logged(finder, stream, &of->variants[i])) {
            return &of->variants[i];
        }
        assumed = of->variants[i].assumed ? &of->variants[i] : assumed;
    }
    return assumed;
}

static void add_variant(struct finder *finder, uint32_t stream)
{
    const struct variant *variant = find_variant(finder, stream);

    for (size_t i = 0; variant && i < variant->n_texts; i++) {
        add_fact(finder, variant->texts[i].name, variant->texts[i].value,
                 /* is_command= */ true);
    }
    for (size_t i = 0; variant && variant->runs[i]; i++) {
        int within = streams_find(finder->streams, span_of(variant->runs[i]));

        if (within >= 0 && !span_empty(finder->units[stream])) {
            finder->units[within] = finder->units[stream];
        }
    }
}

static size_t count_most(const struct streams *streams)
{
    size_t n = 1 + streams->n;

    for (size_t i = 0; i < streams->n; i++) {
        for (size_t k = 0; k < streams->items[i].n_variants; k++) {
            n += streams->items[i].variants[k].n_texts;
        }
    }
    return n;
}

const struct node_facts *node_facts_find(const struct streams *streams,
                                         const struct timeline *timeline,
                                         struct states *const *states, struct arena *arena)
{
    struct node_facts *nodes = ARENA_ARRAY(arena, struct node_facts, timeline->n_nodes);
    struct finder finder = { .streams = streams, .timeline = timeline, .arena = arena };

    for (finder.node = 0; finder.node < timeline->n_nodes; finder.node++) {
        finder.states = states[finder.node];
        finder.facts = ARENA_ARRAY(arena, struct finding_fact, count_most(streams));
        finder.n = 0;
        add_name(&finder);
        find_units(&finder);
        for (uint32_t i = 0; i < streams->n; i++) {
            add_variant(&finder, i);
        }
        add_units(&finder);
        nodes[finder.node] = (struct node_facts){ finder.facts, finder.n };
    }
    return nodes;
}

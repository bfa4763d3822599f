#include "reason/node_states.h"

#include "base/alloc.h"
#include "timeline/hosts.h"

#include <stdlib.h>

/* What decides where tables belong. All borrowed. */
struct owners {
    const struct timeline *timeline;
    const struct report *report;
    const struct span *hosts; /* of the report's inputs */
    bool one_node;            /* all inputs speak of one */
};

/* A journal of several hosts comes with the tables of the one that they name. */
static struct span host_of(const struct owners *owners, uint32_t input, const struct states *states)
{
    struct span host = input < owners->report->n_inputs ? owners->hosts[input] : (struct span){ 0 };

    return span_empty(host) ? states_host(states) : host;
}

/* True if no input is of another node than the timeline's only one. */
static bool speak_of_one_node(const struct owners *owners)
{
    struct span only;

    if (owners->timeline->n_nodes != 1) {
        return false;
    }
    only = owners->timeline->hosts[0];
    for (size_t i = 0; i < owners->report->n_inputs; i++) {
        struct span host = owners->hosts[i];

        if (span_empty(host)) {
            continue;
        }
        if (span_empty(only)) {
            only = host;
        } else if (!hosts_are_same(only, host)) {
            return false;
        }
    }
    return true;
}

/* The node of that name; the number of nodes: none. */
static size_t node_of(const struct owners *owners, struct span host)
{
    size_t node = 0;

    if (owners->one_node) {
        return 0;
    }
    while (node < owners->timeline->n_nodes &&
           (span_empty(host) || !hosts_are_same(owners->timeline->hosts[node], host))) {
        node++;
    }
    return node;
}

static void note_unused(const struct owners *owners, uint32_t input, struct span host,
                        struct notes *notes)
{
    struct span name =
        input < owners->report->n_inputs ? owners->report->inputs[input].name : (struct span){ 0 };

    if (span_empty(host)) {
        notes_add(
            notes, NOTE_STATE_UNUSED, name, /* line= */ 0,
            "not used: the inputs are of several nodes, and the node of this file is unknown");
    } else {
        notes_add(notes, NOTE_STATE_UNUSED, name, /* line= */ 0,
                  "not used: it is of node %.*s, of which no log reports a failure", (int)host.size,
                  host.data);
    }
}

struct states **node_states_new(const struct inventory *inventory, const struct timeline *timeline,
                                const struct report *report, const struct span *hosts,
                                struct notes *notes)
{
    struct owners owners = { timeline, report, hosts, false };
    struct states **states = alloc_zeroed(timeline->n_nodes, sizeof(struct states *));

    owners.one_node = speak_of_one_node(&owners);
    for (size_t i = 0; i < timeline->n_nodes; i++) {
        states[i] = states_new();
    }
    for (size_t i = 0; i < inventory_size(inventory); i++) {
        const struct states *of_input = inventory_at(inventory, i);
        uint32_t input = inventory_input(inventory, i);
        struct span host = host_of(&owners, input, of_input);
        size_t node = node_of(&owners, host);

        if (states_empty(of_input)) {
            continue;
        }
        if (node < timeline->n_nodes) {
            states_merge(states[node], of_input, notes);
        } else if (timeline->n) {
            note_unused(&owners, input, host, notes);
        }
    }
    return states;
}

void node_states_free(struct states **states, size_t n_nodes)
{
    for (size_t i = 0; i < n_nodes; i++) {
        states_free(states[i]);
    }
    free(states);
}

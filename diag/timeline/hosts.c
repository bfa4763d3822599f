/* Which machine an event happened on. */

#include "timeline/hosts.h"

#include "base/vec.h"

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool hosts_are_same(struct span a, struct span b)
{
    struct span shorter = a.size < b.size ? a : b;
    struct span longer = a.size < b.size ? b : a;

    for (size_t i = 0; i < shorter.size; i++) {
        if (lower(shorter.data[i]) != lower(longer.data[i])) {
            return false;
        }
    }
    return longer.size == shorter.size || longer.data[shorter.size] == '.';
}

typedef VEC(struct span) spans;

/* The node that the event names, by its address or its name, else the one that its input is of. */
static struct span host_of(const struct event *event, const struct origins *origins)
{
    uint32_t input = event->seen ? event->seen->input : UINT32_MAX;

    if (!span_empty(event->signal->host) || input >= origins->n) {
        return node_names_find(origins->names, event->signal->host);
    }
    return origins->hosts[input];
}

static uint32_t find_host(const spans *hosts, struct span host)
{
    for (size_t i = 0; i < hosts->n; i++) {
        if (hosts_are_same(hosts->items[i], host)) {
            return (uint32_t)i;
        }
    }
    return UINT32_MAX;
}

/* Hosts of the logs, or those that only Kubernetes events name. */
static void collect_hosts(const struct event *events, size_t n, const struct origins *origins,
                          uint64_t event_stream, bool kubernetes, spans *hosts)
{
    for (size_t i = 0; i < n; i++) {
        struct span host = host_of(&events[i], origins);

        if (span_empty(host) || (events[i].signal->streams == event_stream) != kubernetes) {
            continue;
        }
        if (find_host(hosts, host) == UINT32_MAX) {
            vec_push(hosts, host);
        }
    }
}

static void add_missing(spans *hosts, const spans *others)
{
    for (size_t i = 0; i < others->n; i++) {
        if (find_host(hosts, others->items[i]) == UINT32_MAX) {
            vec_push(hosts, others->items[i]);
        }
    }
}

/* Nodes of which nothing is known but that they were read: when the inputs are of several. */
static void add_silent(spans *hosts, const struct origins *origins)
{
    spans silent = { 0 };

    for (size_t i = 0; i < origins->n; i++) {
        if (!span_empty(origins->hosts[i]) && find_host(&silent, origins->hosts[i]) == UINT32_MAX) {
            vec_push(&silent, origins->hosts[i]);
        }
    }
    if (silent.n > 1) {
        add_missing(hosts, &silent);
    }
    vec_free(&silent);
}

/* True when there are events of no known host beside several hosts: they get a node of their own,
 * after the others. Of a cluster's events even beside a single one, which is only that of the logs. */
static bool set_nodes(struct event *events, size_t n, const struct origins *origins,
                      uint64_t event_stream, const spans *hosts)
{
    bool nameless = false;

    for (size_t i = 0; i < n; i++) {
        struct span host = host_of(&events[i], origins);
        uint32_t node = span_empty(host) ? UINT32_MAX : find_host(hosts, host);

        if (node == UINT32_MAX &&
            (hosts->n > 1 || (origins->is_cluster && events[i].signal->streams == event_stream))) {
            nameless = true;
            node = (uint32_t)hosts->n;
        }
        events[i].node = node == UINT32_MAX ? 0 : node;
    }
    return nameless;
}

/* Logs without a host name belong to the only host there is. Kubernetes names a node as it likes,
 * so the only node of the events is the only host of the logs, too, unless its objects name others. With several hosts, what names
 * no host is a node of its own. */
const struct span *hosts_assign(struct event *events, size_t n, const struct origins *origins,
                                const struct streams *streams, struct arena *arena, size_t *ret_n)
{
    int index = streams_find(streams, SPAN("event"));
    uint64_t event_stream = index < 0 ? 0 : UINT64_C(1) << index;
    spans of_logs = { 0 }, of_kubernetes = { 0 };
    spans *hosts = &of_logs;
    struct span *names;

    collect_hosts(events, n, origins, event_stream, /* kubernetes= */ false, &of_logs);
    collect_hosts(events, n, origins, event_stream, /* kubernetes= */ true, &of_kubernetes);
    if (of_logs.n == 0) {
        hosts = &of_kubernetes;
    } else if (of_logs.n > 1 || of_kubernetes.n > 1 || origins->is_cluster) {
        add_missing(&of_logs, &of_kubernetes);
    }
    if (hosts->n > 0) {
        add_silent(hosts, origins);
    }
    if (set_nodes(events, n, origins, event_stream, hosts) || hosts->n == 0) {
        vec_push(hosts, (struct span){ 0 });
    }
    names = ARENA_ARRAY(arena, struct span, hosts->n);
    memcpy(names, hosts->items, hosts->n * sizeof(*names));
    *ret_n = hosts->n;
    vec_free(&of_logs);
    vec_free(&of_kubernetes);
    return names;
}

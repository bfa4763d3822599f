/* Which machine an event happened on. */

#include "timeline/hosts.h"

#include "base/vec.h"

/* `node1` and `node1.example.org` are the same machine. */
static bool same_host(struct span a, struct span b)
{
    struct span shorter = a.size < b.size ? a : b;
    struct span longer = a.size < b.size ? b : a;

    return span_starts(longer, shorter) &&
           (longer.size == shorter.size || longer.data[shorter.size] == '.');
}

typedef VEC(struct span) spans;

static uint32_t find_host(const spans *hosts, struct span host)
{
    for (size_t i = 0; i < hosts->n; i++) {
        if (same_host(hosts->items[i], host)) {
            return (uint32_t)i;
        }
    }
    return UINT32_MAX;
}

/* Hosts of the logs, or those that only Kubernetes events name. */
static void collect_hosts(const struct event *events, size_t n, uint64_t event_stream,
                          bool kubernetes, spans *hosts)
{
    for (size_t i = 0; i < n; i++) {
        const struct signal *signal = events[i].signal;

        if (span_empty(signal->host) || (signal->streams == event_stream) != kubernetes) {
            continue;
        }
        if (find_host(hosts, signal->host) == UINT32_MAX) {
            vec_push(hosts, signal->host);
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

/* True when there are events of no known host beside several hosts: they get a node of their own,
 * after the others. */
static bool set_nodes(struct event *events, size_t n, const spans *hosts)
{
    bool nameless = false;

    for (size_t i = 0; i < n; i++) {
        struct span host = events[i].signal->host;
        uint32_t node = span_empty(host) ? UINT32_MAX : find_host(hosts, host);

        if (node == UINT32_MAX && hosts->n > 1) {
            nameless = true;
            node = (uint32_t)hosts->n;
        }
        events[i].node = node == UINT32_MAX ? 0 : node;
    }
    return nameless;
}

/* Logs without a host name belong to the only host there is. Kubernetes names a node as it likes,
 * so the only node of the events is the only host of the logs, too. With several hosts, what names
 * no host is a node of its own. */
const struct span *hosts_assign(struct event *events, size_t n, const struct streams *streams,
                                struct arena *arena, size_t *ret_n)
{
    int index = streams_find(streams, SPAN("event"));
    uint64_t event_stream = index < 0 ? 0 : UINT64_C(1) << index;
    spans of_logs = { 0 }, of_kubernetes = { 0 };
    spans *hosts = &of_logs;
    struct span *names;

    collect_hosts(events, n, event_stream, /* kubernetes= */ false, &of_logs);
    collect_hosts(events, n, event_stream, /* kubernetes= */ true, &of_kubernetes);
    if (of_logs.n == 0) {
        hosts = &of_kubernetes;
    } else if (of_logs.n > 1 || of_kubernetes.n > 1) {
        add_missing(&of_logs, &of_kubernetes);
    }
    if (set_nodes(events, n, hosts) || hosts->n == 0) {
        vec_push(hosts, (struct span){ 0 });
    }
    names = ARENA_ARRAY(arena, struct span, hosts->n);
    memcpy(names, hosts->items, hosts->n * sizeof(*names));
    *ret_n = hosts->n;
    vec_free(&of_logs);
    vec_free(&of_kubernetes);
    return names;
}

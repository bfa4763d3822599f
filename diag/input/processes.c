/* PIDs in klog's headers, and the components that they are of. */

#include "input/processes.h"

void processes_init(struct processes *processes)
{
    *processes = (struct processes){ .only = COMPONENT_NONE };
}

static size_t find(const struct processes *processes, int64_t pid)
{
    size_t i = 0;

    while (i < processes->n && processes->items[i].pid != pid) {
        i++;
    }
    return i;
}

static bool learn_pid(struct processes *processes, int64_t pid, int component)
{
    size_t at = find(processes, pid);
    int known;

    if (pid <= 1 || at == PROCESSES_MAX) {
        return false;
    }
    if (at == processes->n) {
        processes->items[at].pid = pid;
        processes->items[at].component = component;
        processes->n++;
        return true;
    }
    known = processes->items[at].component;
    processes->items[at].component = known == component ? known : COMPONENT_NONE;
    return processes->items[at].component != known;
}

/* False: it is the one of before. */
static bool learn_component(struct processes *processes, int component)
{
    bool mixed = processes->only != COMPONENT_NONE && processes->only != component;
    bool is_new = processes->only == COMPONENT_NONE || (mixed && !processes->mixed);

    processes->mixed |= mixed;
    processes->only = component;
    return is_new;
}

/* A sender without a stream, such as sshd, logs nothing that is like a component's. */
bool processes_learn(struct processes *processes, const struct streams *streams,
                     const struct entry *entry)
{
    int component = COMPONENT_NONE;
    bool is_new;

    if (entry->component.name) {
        component = streams_find(streams, span_of(entry->component.name));
    }
    if (component == COMPONENT_NONE || !streams->items[component].shared_words) {
        return false;
    }
    is_new = learn_component(processes, component);
    if (span_empty(entry->identifier)) {
        is_new |= learn_pid(processes, entry->klog.thread, component);
    }
    return is_new;
}

int processes_find(const struct processes *processes, int64_t pid)
{
    size_t at = pid > 1 ? find(processes, pid) : processes->n;

    return at < processes->n ? processes->items[at].component : COMPONENT_NONE;
}

int processes_only(const struct processes *processes)
{
    return processes->mixed ? COMPONENT_NONE : processes->only;
}

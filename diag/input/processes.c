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

static void learn_pid(struct processes *processes, int64_t pid, int component)
{
    size_t at = find(processes, pid);

    if (pid <= 1 || at == PROCESSES_MAX) {
        return;
    }
    if (at == processes->n) {
        processes->items[at].pid = pid;
        processes->items[at].component = component;
        processes->n++;
    } else if (processes->items[at].component != component) {
        processes->items[at].component = COMPONENT_NONE;
    }
}

/* A sender without a stream, such as sshd, logs nothing that is like a component's. */
void processes_learn(struct processes *processes, const struct streams *streams,
                     const struct entry *entry)
{
    int component = COMPONENT_NONE;

    if (entry->component.name) {
        component = streams_find(streams, span_of(entry->component.name));
    }
    if (component == COMPONENT_NONE || !streams->items[component].shared_words) {
        return;
    }
    processes->mixed |= processes->only != COMPONENT_NONE && processes->only != component;
    processes->only = component;
    if (span_empty(entry->identifier)) {
        learn_pid(processes, entry->klog.thread, component);
    }
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

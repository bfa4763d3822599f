#include "signal/signal.h"

#include "signal/facts.h"

const struct fact *signal_fact(const struct signal *signal, struct span name)
{
    return facts_find(signal->facts, signal->n_facts, name);
}

#define BY(x, y)                                                                                   \
    if ((x) != (y))                                                                                \
    return (x) < (y) ? -1 : 1

/* 0: a time is known, 1: only the clock of the boot, 2: neither. */
static int vagueness(const struct moment *when)
{
    return when->time_us != TIME_UNKNOWN ? 0 : when->monotonic_us != TIME_UNKNOWN ? 1 : 2;
}

int signal_compare_time(const struct signal *a, const struct signal *b)
{
    BY(vagueness(&a->when), vagueness(&b->when));
    BY(a->when.time_us, b->when.time_us);
    BY(a->when.monotonic_us, b->when.monotonic_us);
    BY(a->origin.input, b->origin.input);
    BY(a->sequence, b->sequence);
    BY(a->origin.line, b->origin.line);
    BY(a->origin.offset, b->origin.offset);
    BY(a->pid, b->pid);
    return 0;
}

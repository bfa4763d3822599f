#include "signal/signal.h"

#include "signal/facts.h"

const struct fact *signal_fact(const struct signal *signal, struct span name)
{
    return facts_find(signal->facts, signal->n_facts, name);
}

#include "signal/signal.h"

const struct fact *signal_fact(const struct signal *signal, struct span name)
{
    for (size_t i = 0; i < signal->n_facts; i++) {
        if (span_equal(signal->facts[i].name, name)) {
            return &signal->facts[i];
        }
    }
    return NULL;
}

/* Any bytes as a state file: found by bids, and forced upon each kind. */
#include "state/state.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(states_free_at) struct states *states = states_new();
    const struct span text = { (const char *)data, size };
    size_t i;

    (void)states_add(states, NULL, "kubelet", text, NULL);
    for (i = 0; state_kinds[i]; i++) {
        (void)states_add(states, state_kinds[i]->name, "proc/sys/vm/swappiness", text, NULL);
    }
    return 0;
}

#ifndef NODECAUSE_UNEXPLAINED_WATCHER_H
#define NODECAUSE_UNEXPLAINED_WATCHER_H

#include "entry/batch.h"
#include "signal/signal.h"

/* Receives every batch, and which of its records the rules matched. Of
 * each batch, `note` is called with every signal found in it, then `look` once with the batch.
 * Everything passed is borrowed for the call; a position is valid until the end of `look`. */
struct watcher {
    void (*note)(void *data, const struct signal *signal, position at);
    void (*look)(void *data, const struct batch *batch);
    void *data; /* the first argument of both; outlives its callers */
};

#endif

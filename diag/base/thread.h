#ifndef NODECAUSE_BASE_THREAD_H
#define NODECAUSE_BASE_THREAD_H

#include <pthread.h>

/* Starts a thread that receives no signals: those of the program are for the thread that calls. Negative errno when there
 * cannot be another thread. The caller joins it. */
int thread_start(pthread_t *ret, void *(*run)(void *), void *data);

#endif

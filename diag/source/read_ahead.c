/* A ring of buffers between a thread that fills them and the caller, who empties them.
 *
 * The buffers from `first` on, `n_full` of them, are the caller's; the others are the thread's. Only
 * the numbers are shared, under the mutex. */

#include "source/read_ahead.h"

#include "base/alloc.h"
#include "base/thread.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    BUFFER_BYTES = 256 * 1024,
    N_BUFFERS = 4
};

struct buffer {
    size_t size; /* bytes in it */
    char data[BUFFER_BYTES];
};

struct read_ahead {
    int64_t (*read)(void *source, char *buffer, size_t size);
    void *source;
    struct buffer *ring;
    size_t taken; /* bytes of the first full buffer that the caller has */
    pthread_t thread;

    pthread_mutex_t mutex; /* of what follows */
    pthread_cond_t changed;
    size_t first, n_full;
    bool ended;   /* the thread has no more */
    int64_t end;  /* what `read` returned then */
    bool stopped; /* the caller wants no more */
};

/* --- the thread --- */

/* Fills the buffer, as far as there is data. What ends it: 1 if it is full, else the end. */
static int64_t fill(const struct read_ahead *ahead, struct buffer *buffer)
{
    int64_t n = 1;

    buffer->size = 0;
    while (n > 0 && buffer->size < BUFFER_BYTES) {
        n = ahead->read(ahead->source, buffer->data + buffer->size, BUFFER_BYTES - buffer->size);
        if (n > 0) {
            buffer->size += (size_t)n;
        }
    }
    return n > 0 ? 1 : n;
}

/* The next buffer to fill, or NULL if the caller wants no more. */
static struct buffer *wait_for_room(struct read_ahead *ahead)
{
    struct buffer *buffer = NULL;

    (void)pthread_mutex_lock(&ahead->mutex);
    while (ahead->n_full == N_BUFFERS && !ahead->stopped) {
        (void)pthread_cond_wait(&ahead->changed, &ahead->mutex);
    }
    if (!ahead->stopped) {
        buffer = &ahead->ring[(ahead->first + ahead->n_full) % N_BUFFERS];
    }
    (void)pthread_mutex_unlock(&ahead->mutex);
    return buffer;
}

static void hand_over(struct read_ahead *ahead, const struct buffer *buffer, int64_t end)
{
    (void)pthread_mutex_lock(&ahead->mutex);
    ahead->n_full += buffer->size > 0;
    ahead->ended = end <= 0;
    ahead->end = end;
    (void)pthread_cond_signal(&ahead->changed);
    (void)pthread_mutex_unlock(&ahead->mutex);
}

static void *run(void *data)
{
    struct read_ahead *ahead = data;
    struct buffer *buffer;
    int64_t end = 1;

    while (end > 0 && (buffer = wait_for_room(ahead))) {
        end = fill(ahead, buffer);
        hand_over(ahead, buffer, end);
    }
    return NULL;
}

/* --- the caller --- */

static void release(struct read_ahead *ahead)
{
    (void)pthread_cond_destroy(&ahead->changed);
    (void)pthread_mutex_destroy(&ahead->mutex);
    free(ahead->ring);
    free(ahead);
}

struct read_ahead *read_ahead_new(int64_t (*read)(void *source, char *buffer, size_t size),
                                  void *source)
{
    struct read_ahead *ahead = ALLOC(struct read_ahead);

    ahead->read = read;
    ahead->source = source;
    ahead->ring = alloc_zeroed(N_BUFFERS, sizeof(*ahead->ring));
    (void)pthread_mutex_init(&ahead->mutex, NULL);
    (void)pthread_cond_init(&ahead->changed, NULL);
    if (thread_start(&ahead->thread, run, ahead) < 0) {
        release(ahead);
        return NULL;
    }
    return ahead;
}

void read_ahead_free(struct read_ahead *ahead)
{
    if (!ahead) {
        return;
    }
    (void)pthread_mutex_lock(&ahead->mutex);
    ahead->stopped = true;
    (void)pthread_cond_signal(&ahead->changed);
    (void)pthread_mutex_unlock(&ahead->mutex);
    (void)pthread_join(ahead->thread, NULL);
    release(ahead);
}

/* The first full buffer, or NULL with the end in *ret_end. */
static const struct buffer *wait_for_data(struct read_ahead *ahead, int64_t *ret_end)
{
    const struct buffer *buffer = NULL;

    (void)pthread_mutex_lock(&ahead->mutex);
    while (ahead->n_full == 0 && !ahead->ended) {
        (void)pthread_cond_wait(&ahead->changed, &ahead->mutex);
    }
    if (ahead->n_full > 0) {
        buffer = &ahead->ring[ahead->first];
    }
    *ret_end = ahead->end;
    (void)pthread_mutex_unlock(&ahead->mutex);
    return buffer;
}

static void give_back(struct read_ahead *ahead)
{
    ahead->taken = 0;
    (void)pthread_mutex_lock(&ahead->mutex);
    ahead->first = (ahead->first + 1) % N_BUFFERS;
    ahead->n_full--;
    (void)pthread_cond_signal(&ahead->changed);
    (void)pthread_mutex_unlock(&ahead->mutex);
}

int64_t read_ahead_read(struct read_ahead *ahead, char *buffer, size_t size)
{
    int64_t end;
    const struct buffer *full = wait_for_data(ahead, &end);
    size_t n;

    if (!full) {
        return end;
    }
    n = full->size - ahead->taken;
    n = n < size ? n : size;
    memcpy(buffer, full->data + ahead->taken, n);
    ahead->taken += n;
    if (ahead->taken == full->size) {
        give_back(ahead);
    }
    return (int64_t)n;
}

/* A ring of blocks between a thread that reads ahead and the caller, who takes them in order.
 *
 * A block is its reader's until it is done, then the caller's until it is given back. Only what is
 * listed below the mutex is shared. The memory is mapped twice, so that the blocks that the caller has
 * are in one piece wherever the ring ends. */

#include "source/block_ring.h"

#include "base/alloc.h"
#include "base/mirror.h"
#include "base/thread.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    N_SLOTS = BLOCK_RING_BYTES / TEXT_BLOCK_BYTES
};

struct ring_slot {
    struct text_block block;
    uint16_t newlines[TEXT_BLOCK_STEPS];
    void *scan;  /* holds the hits */
    int64_t end; /* 1: more follows; 0: the file ended; negative errno */
    bool done;
};

struct block_ring {
    int fd;
    uint64_t offset; /* of the first block in the file */
    const struct line_filter *filter;
    char *memory;
    struct ring_slot slots[N_SLOTS];
    bool has_thread;
    pthread_t thread;

    pthread_mutex_t mutex; /* of what follows */
    pthread_cond_t changed;
    uint64_t begun, taken; /* numbers of the next blocks */
    int64_t given_back;    /* bytes from `offset` on; negative: those before it */
    bool ended;            /* no block is begun any more */
    bool stopped;
};

/* --- both threads --- */

/* With the mutex: is there a block to begin, and room for it? */
static bool has_work(const struct block_ring *ring)
{
    int64_t start = (int64_t)(ring->begun * TEXT_BLOCK_BYTES);

    return !ring->ended && start + TEXT_BLOCK_BYTES <= ring->given_back + BLOCK_RING_BYTES;
}

static struct ring_slot *slot_of(struct block_ring *ring, uint64_t number)
{
    return &ring->slots[number % N_SLOTS];
}

/* In the second copy of the memory, as there are bytes before it. */
static char *place_of(const struct block_ring *ring, uint64_t number)
{
    return ring->memory + BLOCK_RING_BYTES + number % N_SLOTS * TEXT_BLOCK_BYTES;
}

/* Reads until the block is full, or the file ends. */
static void read_block(const struct block_ring *ring, uint64_t number, struct ring_slot *slot)
{
    uint64_t offset = ring->offset + number * TEXT_BLOCK_BYTES;
    char *place = place_of(ring, number);
    size_t size = 0;

    slot->end = 1;
    while (slot->end > 0 && size < TEXT_BLOCK_BYTES) {
        ssize_t n = pread(ring->fd, place + size, TEXT_BLOCK_BYTES - size, (off_t)(offset + size));

        if (n > 0) {
            size += (size_t)n;
        } else if (n == 0) {
            slot->end = 0;
        } else if (errno != EINTR) {
            slot->end = -errno;
        }
    }
    slot->block = (struct text_block){ .bytes = { place, size }, .offset = offset };
}

static void look_at_steps(struct ring_slot *slot)
{
    struct text_block *block = &slot->block;
    struct span rest = block->bytes;

    for (size_t i = 0; rest.size > 0; i++) {
        struct span step = span_head(rest, TEXT_STEP_BYTES);
        struct traits traits = traits_of(step);
        bool mark = i > 0 && step.data[0] == '=' && step.data[-1] == '\n';

        slot->newlines[i] = (uint16_t)traits.n_newlines;
        block->traits.n_newlines += traits.n_newlines;
        block->traits.has_nul |= traits.has_nul;
        block->traits.has_high |= traits.has_high;
        block->traits.has_marks |= traits.has_marks || mark;
        rest = span_skip(rest, step.size);
    }
    block->newlines = slot->newlines;
}

/* From the first newline to the last. */
static struct span whole_lines(struct span bytes)
{
    ptrdiff_t first = span_find_byte(bytes, '\n');
    size_t end = bytes.size;

    if (first < 0) {
        return span_head(bytes, 0);
    }
    while (bytes.data[end - 1] != '\n') {
        end--;
    }
    return span_skip(span_head(bytes, end), (size_t)first + 1);
}

static void look_at(const struct block_ring *ring, struct ring_slot *slot)
{
    struct text_block *block = &slot->block;

    look_at_steps(slot);
    block->lines = whole_lines(block->bytes);
    block->hits = ring->filter->scan(slot->scan, block->lines, &block->n_hits);
}

/* With the mutex, which others may have while the block is read. */
static void do_block(struct block_ring *ring)
{
    uint64_t number = ring->begun++;
    struct ring_slot *slot = slot_of(ring, number);

    slot->done = false;
    (void)pthread_mutex_unlock(&ring->mutex);
    read_block(ring, number, slot);
    look_at(ring, slot);
    (void)pthread_mutex_lock(&ring->mutex);
    slot->done = true;
    ring->ended |= slot->end <= 0;
    (void)pthread_cond_signal(&ring->changed);
}

/* --- the thread --- */

static void *run(void *data)
{
    struct block_ring *ring = data;

    (void)pthread_mutex_lock(&ring->mutex);
    while (!ring->stopped) {
        if (has_work(ring)) {
            do_block(ring);
        } else {
            (void)pthread_cond_wait(&ring->changed, &ring->mutex);
        }
    }
    (void)pthread_mutex_unlock(&ring->mutex);
    return NULL;
}

/* --- the caller --- */

struct block_ring *block_ring_new(int fd, uint64_t offset, size_t before,
                                  const struct line_filter *filter, bool threaded)
{
    char *memory = mirror_new(BLOCK_RING_BYTES);
    struct block_ring *ring;

    assert(before < BLOCK_RING_BYTES - TEXT_BLOCK_BYTES);
    if (!memory) {
        return NULL;
    }
    ring = ALLOC(struct block_ring);
    ring->fd = fd;
    ring->offset = offset;
    ring->filter = filter;
    ring->memory = memory;
    ring->given_back = -(int64_t)before;
    for (size_t i = 0; i < N_SLOTS; i++) {
        ring->slots[i].scan = filter->scan_new(filter->data);
    }
    (void)pthread_mutex_init(&ring->mutex, NULL);
    (void)pthread_cond_init(&ring->changed, NULL);
    if (threaded) { /* without it the caller reads everything */
        ring->has_thread = thread_start(&ring->thread, run, ring) == 0;
    }
    return ring;
}

static void stop_thread(struct block_ring *ring)
{
    (void)pthread_mutex_lock(&ring->mutex);
    ring->stopped = true;
    (void)pthread_cond_signal(&ring->changed);
    (void)pthread_mutex_unlock(&ring->mutex);
    (void)pthread_join(ring->thread, NULL);
}

void block_ring_free(struct block_ring *ring)
{
    if (!ring) {
        return;
    }
    if (ring->has_thread) {
        stop_thread(ring);
    }
    for (size_t i = 0; i < N_SLOTS; i++) {
        ring->filter->scan_free(ring->slots[i].scan);
    }
    mirror_free(ring->memory, BLOCK_RING_BYTES);
    (void)pthread_cond_destroy(&ring->changed);
    (void)pthread_mutex_destroy(&ring->mutex);
    free(ring);
}

/* With the mutex: the next block, when it is done. Until then the caller does others. NULL: there is
 * none. */
static struct ring_slot *wait_for_block(struct block_ring *ring)
{
    struct ring_slot *slot = slot_of(ring, ring->taken);

    for (;;) {
        if (ring->taken < ring->begun && slot->done) {
            return slot;
        }
        if (has_work(ring)) {
            do_block(ring);
        } else if (ring->taken == ring->begun) {
            assert(ring->ended);
            return NULL;
        } else {
            (void)pthread_cond_wait(&ring->changed, &ring->mutex);
        }
    }
}

/* The first block that is not full is the last one; what was read after it is not used. */
int block_ring_take(struct block_ring *ring, struct text_block *ret)
{
    struct ring_slot *slot;
    int r = 0;

    (void)pthread_mutex_lock(&ring->mutex);
    slot = wait_for_block(ring);
    if (slot && slot->block.bytes.size > 0) {
        *ret = slot->block;
        r = 1;
    } else if (slot) {
        r = (int)slot->end;
    }
    if (r > 0 && slot->end > 0) {
        ring->taken++;
    } else if (r > 0) {
        slot->block.bytes.size = 0; /* from now on its end */
    }
    (void)pthread_mutex_unlock(&ring->mutex);
    return r;
}

void block_ring_give_back(struct block_ring *ring, uint64_t offset)
{
    (void)pthread_mutex_lock(&ring->mutex);
    ring->given_back = (int64_t)(offset - ring->offset);
    (void)pthread_cond_signal(&ring->changed);
    (void)pthread_mutex_unlock(&ring->mutex);
}

bool block_ring_has_thread(const struct block_ring *ring)
{
    return ring->has_thread;
}

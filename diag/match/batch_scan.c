/* A ring of pieces between a thread that scans ahead and the caller, who takes them in order.
 *
 * Both scan the next piece that neither has begun; a piece is its scanner's until it is done, then the
 * caller's. Only what is listed below the mutex is shared. */

#include "match/batch_scan.h"

#include "base/alloc.h"
#include "base/thread.h"

#include <assert.h>
#include <stdlib.h>

enum {
    N_SLOTS = 8 /* pieces that are scanned, or wait for the caller */
};

struct scan_slot {
    struct prefilter *prefilter; /* holds the hits */
    struct scan_piece piece;
    bool done;
};

struct batch_scan {
    size_t piece_bytes;
    struct span bytes; /* changed only while neither scans */
    bool may_start, has_thread;
    bool has_taken; /* the caller has the first piece */
    pthread_t thread;

    pthread_mutex_t mutex; /* of what follows */
    pthread_cond_t changed;
    struct scan_slot slots[N_SLOTS];
    size_t first, n_begun; /* pieces that were begun, and not yet given back */
    size_t n_working;      /* of them, not done */
    size_t next;           /* offset of the next piece */
    uint64_t n_bytes;
    bool stopped;
};

/* --- both threads --- */

/* With the mutex: is there a piece to begin, and a slot for it? */
static bool has_work(const struct batch_scan *scan)
{
    return scan->next < scan->bytes.size && scan->n_begun < N_SLOTS;
}

/* After the line that holds the last byte of the smallest piece. */
static size_t end_of_piece(const struct batch_scan *scan, size_t start)
{
    struct span rest = span_skip(scan->bytes, start);
    ptrdiff_t newline;

    if (rest.size <= scan->piece_bytes) {
        return scan->bytes.size;
    }
    newline = span_find_byte(span_skip(rest, scan->piece_bytes - 1), '\n');
    return newline < 0 ? scan->bytes.size : start + scan->piece_bytes + (size_t)newline;
}

/* With the mutex. */
static struct scan_slot *begin_piece(struct batch_scan *scan)
{
    struct scan_slot *slot = &scan->slots[(scan->first + scan->n_begun) % N_SLOTS];

    slot->done = false;
    slot->piece.start = scan->next;
    slot->piece.end = scan->next = end_of_piece(scan, scan->next);
    scan->n_begun++;
    scan->n_working++;
    return slot;
}

/* With the mutex. */
static void end_piece(struct batch_scan *scan, struct scan_slot *slot)
{
    slot->done = true;
    scan->n_working--;
    scan->n_bytes += slot->piece.end - slot->piece.start;
    (void)pthread_cond_signal(&scan->changed);
}

/* With the mutex, which others may have while the piece is scanned. */
static void scan_piece(struct batch_scan *scan)
{
    struct scan_slot *slot = begin_piece(scan);
    struct scan_piece *piece = &slot->piece;

    (void)pthread_mutex_unlock(&scan->mutex);
    piece->hits = prefilter_scan(
        slot->prefilter, span_head(span_skip(scan->bytes, piece->start), piece->end - piece->start),
        &piece->n_hits);
    (void)pthread_mutex_lock(&scan->mutex);
    end_piece(scan, slot);
}

/* --- the thread --- */

static void *run(void *data)
{
    struct batch_scan *scan = data;

    (void)pthread_mutex_lock(&scan->mutex);
    while (!scan->stopped) {
        if (has_work(scan)) {
            scan_piece(scan);
        } else {
            (void)pthread_cond_wait(&scan->changed, &scan->mutex);
        }
    }
    (void)pthread_mutex_unlock(&scan->mutex);
    return NULL;
}

/* --- the caller --- */

struct batch_scan *batch_scan_new(const struct prefilter *prefilter, size_t piece_bytes)
{
    struct batch_scan *scan = ALLOC(struct batch_scan);

    assert(piece_bytes > 0);
    scan->piece_bytes = piece_bytes;
    for (size_t i = 0; i < N_SLOTS; i++) {
        scan->slots[i].prefilter = prefilter_share(prefilter);
    }
    (void)pthread_mutex_init(&scan->mutex, NULL);
    (void)pthread_cond_init(&scan->changed, NULL);
    return scan;
}

static void stop_thread(struct batch_scan *scan)
{
    (void)pthread_mutex_lock(&scan->mutex);
    scan->stopped = true;
    (void)pthread_cond_signal(&scan->changed);
    (void)pthread_mutex_unlock(&scan->mutex);
    (void)pthread_join(scan->thread, NULL);
    scan->stopped = scan->has_thread = false;
}

void batch_scan_set_threads(struct batch_scan *scan, unsigned n)
{
    scan->may_start = n > 1 && !scan->has_thread;
    if (n <= 1 && scan->has_thread) {
        stop_thread(scan);
    }
}

void batch_scan_free(struct batch_scan *scan)
{
    if (!scan) {
        return;
    }
    batch_scan_set_threads(scan, 1);
    for (size_t i = 0; i < N_SLOTS; i++) {
        prefilter_free(scan->slots[i].prefilter);
    }
    (void)pthread_cond_destroy(&scan->changed);
    (void)pthread_mutex_destroy(&scan->mutex);
    free(scan);
}

/* Tried once. */
static void start_thread(struct batch_scan *scan)
{
    scan->may_start = false;
    scan->has_thread = thread_start(&scan->thread, run, scan) == 0;
}

void batch_scan_begin(struct batch_scan *scan, struct span bytes)
{
    bool helps = bytes.size > scan->piece_bytes;

    if (helps && scan->may_start) {
        start_thread(scan);
    }
    (void)pthread_mutex_lock(&scan->mutex);
    scan->bytes = bytes;
    scan->next = 0;
    if (helps) {
        (void)pthread_cond_signal(&scan->changed);
    }
    (void)pthread_mutex_unlock(&scan->mutex);
}

/* With the mutex. */
static void give_back(struct batch_scan *scan)
{
    if (!scan->has_taken) {
        return;
    }
    scan->has_taken = false;
    scan->first = (scan->first + 1) % N_SLOTS;
    if (--scan->n_begun ==
        N_SLOTS / 2) { /* not for each piece: waking takes as long as half of one */
        (void)pthread_cond_signal(&scan->changed);
    }
}

bool batch_scan_next(struct batch_scan *scan, struct scan_piece *ret)
{
    (void)pthread_mutex_lock(&scan->mutex);
    give_back(scan);
    while (scan->n_begun == 0 ? has_work(scan) : !scan->slots[scan->first].done) {
        if (has_work(scan)) {
            scan_piece(scan);
        } else {
            (void)pthread_cond_wait(&scan->changed, &scan->mutex);
        }
    }
    scan->has_taken = scan->n_begun > 0;
    if (scan->has_taken) {
        *ret = scan->slots[scan->first].piece;
    }
    (void)pthread_mutex_unlock(&scan->mutex);
    return scan->has_taken;
}

void batch_scan_end(struct batch_scan *scan)
{
    (void)pthread_mutex_lock(&scan->mutex);
    scan->next = scan->bytes.size;
    while (scan->n_working > 0) {
        (void)pthread_cond_wait(&scan->changed, &scan->mutex);
    }
    scan->n_begun = 0;
    scan->has_taken = false;
    (void)pthread_mutex_unlock(&scan->mutex);
}

uint64_t batch_scan_n_bytes(const struct batch_scan *scan)
{
    return scan->n_bytes;
}

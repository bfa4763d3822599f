#ifndef NODECAUSE_MATCH_BATCH_SCAN_H
#define NODECAUSE_MATCH_BATCH_SCAN_H

#include "base/cleanup.h"
#include "match/prefilter.h"

/* Scans a batch for all literals piece by piece. A second thread scans the pieces that the caller
 * will ask for next, while the caller decodes what was found. Pieces are whole lines, so the hits
 * are those of one prefilter_scan() of the whole batch, whatever the size of the pieces and the
 * number of threads. */
struct batch_scan;

enum {
    SCAN_PIECE_BYTES = 64 * 1024 /* stay in the near cache until they are decoded */
};

/* The hits in a part of the bytes. */
struct scan_piece {
    size_t start, end; /* offsets in the bytes */
    const struct literal_hit *hits;
    size_t n_hits; /* whose ends count from `start` */
};

/* `prefilter` is borrowed, and only read. Pieces have at least `piece_bytes`, and end with a line. */
struct batch_scan *batch_scan_new(const struct prefilter *prefilter, size_t piece_bytes);
void batch_scan_free(struct batch_scan *scan); /* NULL is allowed */
DEFINE_CLEANUP(struct batch_scan, batch_scan_free)

/* Between batches: may a second thread help? With `n` of 2 and more it is started when a batch has
 * more than one piece; with 1, as at first, it is ended. If the system has no thread for us, the
 * caller scans everything. */
void batch_scan_set_threads(struct batch_scan *scan, unsigned n);

/* Begins with other bytes, which must stay as they are until batch_scan_end(). */
void batch_scan_begin(struct batch_scan *scan, struct span bytes);

/* The next piece; false: there is none. Its hits are valid until the next call. */
bool batch_scan_next(struct batch_scan *scan, struct scan_piece *ret);

/* To be called after each batch_scan_begin(), also if not all pieces were asked for: waits until neither thread
 * reads the bytes. */
void batch_scan_end(struct batch_scan *scan);

/* Bytes that were scanned so far, by either thread. */
uint64_t batch_scan_n_bytes(const struct batch_scan *scan);

#endif

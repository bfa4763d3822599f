#ifndef NODECAUSE_FOLLOW_FOLLOWED_H
#define NODECAUSE_FOLLOW_FOLLOWED_H

#include "follow/options.h"

#include <poll.h>

/* The inputs that are followed: read while they grow, opened again when they are rotated.
 *
 *     followed_open(followed, pipeline, &error);
 *     while (!followed_have_ended(followed)) {
 *         followed_fill_polls(followed, polls);
 *         poll(polls, n_paths, ...);
 *         followed_wake(followed, polls);
 *         followed_read(followed);
 *     }
 */
struct followed;

/* The options are borrowed and outlive it. Nothing is opened yet. */
struct followed *followed_new(const struct follow_options *options);
void followed_free(struct followed *followed); /* closes them; NULL is fine */
DEFINE_CLEANUP(struct followed, followed_free)

/* Opens all of them. One that cannot be opened is left out with a remark; a file that does not
 * exist yet is awaited. Negative errno with a sentence: none can be opened. The pipeline is
 * borrowed until followed_close(). */
int followed_open(struct followed *followed, struct pipeline *pipeline, struct error *reterr);
void followed_close(struct followed *followed);

/* Reads what is present, of each input at most a few pieces, so that no other one has to wait.
 * True: there was something new. */
bool followed_read(struct followed *followed);

/* Reads what is present to its end, with everything that the readers hold back. */
void followed_drain(struct followed *followed);

/* Will there be nothing more of any of them? */
bool followed_have_ended(const struct followed *followed);

/* Was everything read that was present at the start? Halfway through, a consequence may still look
 * like a cause. A pipe may never pause, so it is waited for only a few seconds. */
bool followed_have_caught_up(const struct followed *followed);

/* One for each path, in their order: what to poll. */
void followed_fill_polls(const struct followed *followed, struct pollfd *polls);

/* After poll(2), with the same array. */
void followed_wake(struct followed *followed, const struct pollfd *polls);

/* When to read again although no descriptor is ready: at `until_us` (monotonic), or earlier. */
int64_t followed_next_us(const struct followed *followed, int64_t until_us);

/* The cursor of the last entry that was read of the first input, a journal; NULL: none yet. Valid
 * until the next call. */
const char *followed_cursor(const struct followed *followed);

#endif

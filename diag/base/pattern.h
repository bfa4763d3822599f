#ifndef NODECAUSE_BASE_PATTERN_H
#define NODECAUSE_BASE_PATTERN_H

#include "base/error.h"
#include "base/span.h"

/* PCRE2 as we use it: JIT where there is one, match, depth and heap limits always, UTF with invalid
 * input allowed (PCRE2_MATCH_INVALID_UTF), DUPNAMES so that alternatives can share a group's name.
 * The only file that includes pcre2.h besides its .c. */
struct pattern;

/* Compiles. -EINVAL with PCRE2's message in *reterr, and the offset of the error in characters as
 * its column. */
int pattern_compile(struct span text, struct pattern **ret, struct error *reterr) MUST_CHECK;
void pattern_free(struct pattern *pattern); /* NULL is fine */
DEFINE_CLEANUP(struct pattern, pattern_free)

/* 1: matches at or behind `start`, 0: does not, -E2BIG: stopped by a limit (counts as no match; the
 * caller notes it). */
int pattern_match(struct pattern *pattern, struct span subject, size_t start);

/* Of the last match: the text of all of it (group 0) or of the i-th named group; where it was not
 * set, data is NULL. Borrows from the subject. */
struct span pattern_whole(const struct pattern *pattern);
struct span pattern_group(const struct pattern *pattern, size_t i);

/* Named groups, one for each different name. */
size_t pattern_n_groups(const struct pattern *pattern);
struct span pattern_group_name(const struct pattern *pattern, size_t i);

#endif

#ifndef NODECAUSE_BASE_PATTERN_H
#define NODECAUSE_BASE_PATTERN_H

#include "base/error.h"
#include "base/span.h"

/* PCRE2 with the options of this program: JIT if available, match, depth and heap limits always,
 * UTF with invalid input allowed (PCRE2_MATCH_INVALID_UTF), DUPNAMES so that alternatives can share
 * the name of a group. Apart from its .c, the only file that includes pcre2.h. */
struct pattern;

/* Compiles. -EINVAL with PCRE2's message in *reterr; its column is the offset of the error in
 * characters. */
int pattern_compile(struct span text, struct pattern **ret, struct error *reterr) MUST_CHECK;
void pattern_free(struct pattern *pattern); /* NULL is allowed */
DEFINE_CLEANUP(struct pattern, pattern_free)

/* 1: matches at or after `start`; 0: does not match; -E2BIG: stopped by a limit (counts as no
 * match; the caller adds a note). */
int pattern_match(struct pattern *pattern, struct span subject, size_t start);

/* The text of the last match (group 0) or of its i-th named group; data is NULL if the group did
 * not match. Borrows from the subject. */
struct span pattern_whole(const struct pattern *pattern);
struct span pattern_group(const struct pattern *pattern, size_t i);

/* The named groups, one for each different name. */
size_t pattern_n_groups(const struct pattern *pattern);
struct span pattern_group_name(const struct pattern *pattern, size_t i);

#endif

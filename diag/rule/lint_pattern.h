#ifndef NODECAUSE_RULE_LINT_PATTERN_H
#define NODECAUSE_RULE_LINT_PATTERN_H

#include "base/span.h"

/* Checks of one pattern by itself, for rule/lint.h. */

/* Does it end with an anchor that a line truncated by a pager cannot match? Not when any rest of a
 * line matches before the anchor, and not for a few words that are the whole message. */
bool lint_fails_on_cut_lines(struct span pattern);

/* Does it exceed its match limits on a line crafted for it? The literals of its signal are tried as
 * starts of the line. A pattern that does not compile is not slow. */
bool lint_is_slow(struct span text, const struct span *literals, size_t n_literals);

/* Does it have a `(` that opens a numbered group? Each named group is a fact, since facts are in the
 * JSON whether a text names them or not. */
bool lint_has_numbered_group(struct span pattern);

#endif

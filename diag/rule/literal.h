#ifndef NODECAUSE_RULE_LITERAL_H
#define NODECAUSE_RULE_LITERAL_H

#include "base/arena.h"
#include "base/span.h"

/* Fixed text that a raw record must contain for a pattern to match its decoded message.
 *
 * Walks a PCRE2 pattern and picks a run of fixed characters that every match contains: the one that
 * logs of healthy nodes hold least (rule/healthy.h), of these the longest; with alternatives, also
 * inside a group, one run for each. Raw and decoded text differ in quotes,
 * backslashes, control and non-ASCII characters, in `<>&`, which Go escapes in JSON, and in what
 * klog puts between message and values; so a run ends at any character but letters, digits, space and
 * `_-./:,;()[]%*+#@!?^$~|{}'`, also before ` key=`, where the raw record has a quote, and has no
 * space at its ends, where there may be one. A key that contains spaces (`/proc/swaps
 * contents=`) cannot be distinguished from a message: such a signal requires `literal`. */
struct literals {
    const struct span *items; /* in the arena */
    size_t n;                 /* 0: the pattern has no fixed text of 4 or more bytes */
    bool caseless;            /* (?i) is anywhere in it */
};

struct literals literals_of_pattern(struct span pattern, struct arena *arena);

#endif

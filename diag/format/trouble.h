#ifndef NODECAUSE_FORMAT_TROUBLE_H
#define NODECAUSE_FORMAT_TROUBLE_H

#include "base/traits.h"
#include "format/window.h"

/* Problems of lines of text, noted once for the input. All zero at the start. */
struct trouble {
    bool cut;     /* a pager or a terminal has truncated lines */
    bool invalid; /* the input contains invalid UTF-8 */
    bool binary;  /* it contains NUL bytes */
};

/* Searches the lines at `at` of the window, which no earlier call has searched; `traits` are
 * theirs. */
void trouble_find(struct trouble *trouble, struct window *window, size_t at, struct span lines,
                  const struct traits *traits);

/* Notes NUL bytes, which are trouble in the records of frames, too, unless the format is binary. */
void trouble_find_nul(struct trouble *trouble, struct window *window, const struct traits *traits);

#endif

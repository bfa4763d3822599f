#ifndef NODECAUSE_FORMAT_TROUBLE_H
#define NODECAUSE_FORMAT_TROUBLE_H

#include "format/window.h"

/* Problems of lines of text, noted once for the input. All zero at the start. */
struct trouble {
    bool cut;     /* a pager or a terminal has truncated lines */
    bool invalid; /* the input contains invalid UTF-8 */
};

/* Searches the lines at `at` of the window, which no earlier call has searched. */
void trouble_find(struct trouble *trouble, struct window *window, size_t at, struct span lines);

#endif

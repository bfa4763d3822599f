#ifndef NODECAUSE_FORMAT_TROUBLE_H
#define NODECAUSE_FORMAT_TROUBLE_H

#include "format/window.h"

/* What is wrong with lines of text, noted once for the input. Zeros at the start. */
struct trouble {
    bool cut;     /* a pager or a terminal has cut lines */
    bool invalid; /* there were bytes that are not UTF-8 */
};

/* Looks through the lines at `at` of the window, which no call before has seen. */
void trouble_find(struct trouble *trouble, struct window *window, size_t at, struct span lines);

#endif

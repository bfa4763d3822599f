#ifndef NODECAUSE_WORKBENCH_UNMATCHED_LIST_H
#define NODECAUSE_WORKBENCH_UNMATCHED_LIST_H

#include "finding/report.h"
#include "unexplained/unmatched.h"

/* The lines that match no rule, and what is needed to print them. All is borrowed. */
struct unmatched_list {
    const struct rules *rules;   /* for the names of streams */
    const struct report *report; /* for the names of inputs */
    struct unmatched_lines lines;
};

/* The name of the input that the line is from; empty when unknown. */
struct span unmatched_list_input(const struct unmatched_list *list, const struct origin *origin);

#endif

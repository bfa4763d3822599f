#ifndef NODECAUSE_FINDING_NODE_HEALTH_H
#define NODECAUSE_FINDING_NODE_HEALTH_H

#include "finding/report.h"

/* What a node is at the end of what was read, in one word. */
enum node_health {
    NODE_FAILED, /* a cause of severity error or worse holds, or a unit that it needs does not run */
    NODE_WARNED,  /* no more than warnings hold */
    NODE_HEALTHY, /* nothing is wrong, and something shows that its kubelet runs */
    NODE_UNKNOWN  /* nothing is wrong, and nothing shows that its kubelet runs */
};

/* `failed`, `warned`, `healthy`, `unknown`. */
extern const char *const node_health_words[];

/* The word of the value. Static. */
const char *node_health_name(enum node_health health);

/* The value of the word, or -1. */
int node_health_find(struct span word);

/* Of a node of the report, whose units and findings are judged. */
enum node_health node_health_of(const struct report *report, const struct node *node);

/* Is anything concluded from what the input does not hold: that nothing is wrong with a node, or that no rule explains what
 * is? */
bool report_rests_on_silence(const struct report *report);

#endif

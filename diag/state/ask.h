#ifndef NODECAUSE_STATE_ASK_H
#define NODECAUSE_STATE_ASK_H

#include "state/state.h"

enum tristate {
    IS_FALSE,
    IS_TRUE,
    IS_UNKNOWN
};

/* What the finding says that the question is about. Empty: it does not say it. */
struct state_subject {
    struct span path;   /* for `holding` */
    struct span column; /* for `most` */
};

/* Answers a rule's question. Of the rows with a column `mount`, `holding` leaves the one whose mount
 * is the longest that `path` is below; unknown without a path, and when the table `mounts` has a
 * nearer one. `subject` may be NULL if the question needs none. A column that a row lacks, an invalid number and a path without a row
 * are unknown too; of rows with the same path the last one counts. If true, *ret_row is the first
 * row that made it true (NULL if there is none, as for `none:`); may be NULL. */
enum tristate states_ask(const struct states *states, const struct rules *rules,
                         const struct state_rule *question, const struct state_subject *subject,
                         const struct state_row **ret_row);

#endif

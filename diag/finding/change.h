#ifndef NODECAUSE_FINDING_CHANGE_H
#define NODECAUSE_FINDING_CHANGE_H

#include "finding/report.h"

/* What became of a finding since it was last reported, while a log is followed. */
enum change_kind {
    CHANGE_NONE,     /* a finding of a log that is not followed */
    CHANGE_OPENED,   /* it is present now */
    CHANGE_UPDATED,  /* its role or confidence changed, or its count doubled */
    CHANGE_CLOSED,   /* it recovered, or its boot ended; always after CHANGE_OPENED */
    CHANGE_WITHDRAWN /* more of the log shows that it never held */
};

struct change {
    enum change_kind kind;
    struct span id; /* the same for the same finding: rule, host, boot and key facts, as in
                     * `memory/oom-kill@node01#8ad0...{pod=default/web}`; valid UTF-8 */
    struct span rule, host, boot;
    const struct node *node;       /* NULL when withdrawn */
    const struct finding *finding; /* NULL when withdrawn */
};

/* Lists all findings of the report in its order, each with its id and CHANGE_NONE. *ret is in
 * `arena` and borrows from the report. Returns their number. */
size_t change_list(const struct report *report, struct arena *arena, const struct change **ret);

/* `opened`, `updated`, `closed`, `withdrawn`; NULL for CHANGE_NONE. Static. */
const char *change_kind_name(enum change_kind kind);

#endif

#ifndef NODECAUSE_FINDING_CHANGES_H
#define NODECAUSE_FINDING_CHANGES_H

#include "finding/report.h"

/* What became of the findings since they were last told. Whoever follows a log reasons anew every
 * so often, over all that is known, and tells what differs:
 *
 *     opened     it stands now
 *     updated    its role or confidence is another one, or it was seen twice as often as told
 *     closed     it recovered, or its boot is over; always after `opened`
 *     withdrawn  more of the log has shown that it never stood
 *
 * A pure function of what was told and of the report: no clock is asked. */
enum change_kind {
    CHANGE_NONE, /* a finding of a log that is not followed */
    CHANGE_OPENED,
    CHANGE_UPDATED,
    CHANGE_CLOSED,
    CHANGE_WITHDRAWN
};

struct change {
    enum change_kind kind;
    struct span id; /* the same for the same finding: rule, host, boot and key facts, as in
                     * `memory/oom-kill@node01#8ad0...{pod=default/web}`; valid UTF-8 */
    struct span rule, host, boot;
    const struct node *node; /* NULL when withdrawn */
    const struct finding *finding;
};

/* What was told of one finding. */
struct told {
    struct span id, rule, host, boot;
    enum finding_role role;
    enum finding_confidence confidence;
    enum finding_status status;
    uint64_t count;
};

struct changes;

struct changes *changes_new(void);
void changes_free(struct changes *changes); /* NULL is fine */
DEFINE_CLEANUP(struct changes, changes_free)

/* Compares the report with what was told before, and counts the differences as told. They are in
 * the order of the report; valid until the next call, as long as the report lives. */
size_t changes_find(struct changes *changes, const struct report *report,
                    const struct change **ret);

/* All findings of the report, each as CHANGE_NONE. Likewise. */
size_t changes_list(struct changes *changes, const struct report *report,
                    const struct change **ret);

/* From now on less of the log is known (the oldest was forgotten, the rules are others, a new
 * process took up again): that a finding is out of sight does not withdraw it. */
void changes_lose_sight(struct changes *changes);

/* What was told, the oldest first; to be kept for the next run, which adds it back before its
 * first changes_find(). Out of sight until then. Copied. */
size_t changes_n_told(const struct changes *changes);
const struct told *changes_get_told(const struct changes *changes, size_t i);
void changes_add_told(struct changes *changes, const struct told *told);

/* How many of them stand now: told, and not over. */
size_t changes_n_open(const struct changes *changes);

/* `opened`, `updated`, `closed`, `withdrawn`; NULL for none. Static. */
const char *change_kind_name(enum change_kind kind);

#endif

#ifndef NODECAUSE_FOLLOW_CHANGES_H
#define NODECAUSE_FOLLOW_CHANGES_H

#include "finding/change.h"

/* What became of the findings since they were last reported. To follow a log is to reason repeatedly over all that is known, and to report the differences (finding/change.h). A pure function
 * of what was reported and of the report at hand: no clock is asked. */
struct changes;

/* What was last reported of one finding. */
struct reported {
    struct span id, rule, host, boot;
    enum finding_role role;
    enum finding_confidence confidence;
    enum finding_status status;
    uint64_t count;
};

struct changes *changes_new(void);
void changes_free(struct changes *changes); /* NULL is fine */
DEFINE_CLEANUP(struct changes, changes_free)

/* Compares the report with what was reported before; from now on the differences count as
 * reported. They are in the order of the report, and valid until the next call, while the report
 * exists. Returns their number. */
size_t changes_find(struct changes *changes, const struct report *report,
                    const struct change **ret);

/* From now on less of the log is known: the oldest was forgotten, the rules changed, or a new
 * process resumed. A finding that is missing in the next report is then not withdrawn. */
void changes_lose_sight(struct changes *changes);

/* What was reported, the oldest first. The next run adds it, copied, before its first
 * changes_find(); until then it is out of sight. At most LIMIT_REPORTED after changes_find(). */
size_t changes_n_reported(const struct changes *changes);
const struct reported *changes_get_reported(const struct changes *changes, size_t i);
void changes_add_reported(struct changes *changes, const struct reported *reported);

/* How many of them are open: reported, and not ended. */
size_t changes_n_open(const struct changes *changes);

#endif

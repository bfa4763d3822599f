#ifndef NODECAUSE_RULE_VERDICT_H
#define NODECAUSE_RULE_VERDICT_H

#include "base/words.h"

/* Confidence and status of a finding. The tests of rule files expect the same words as the report
 * prints. */

/* How sure a finding is. */
enum finding_confidence {
    CONFIDENCE_POSSIBLE,
    CONFIDENCE_LIKELY,
    CONFIDENCE_CERTAIN
};

/* Whether the trouble lasts until the end of the input. */
enum finding_status {
    STATUS_ONGOING,
    STATUS_RECOVERED,
    STATUS_EARLIER_BOOT
};

/* `possible`, `likely`, `certain`. */
extern const char *const finding_confidence_words[];

/* The word of the value. Static. */
const char *finding_confidence_name(enum finding_confidence confidence);

/* The value of the word, or -1. */
int finding_confidence_find(struct span word);

/* `ongoing`, `recovered`, `earlier-boot`. */
extern const char *const finding_status_words[];

/* The word of the value. Static. */
const char *finding_status_name(enum finding_status status);

/* The value of the word, or -1. */
int finding_status_find(struct span word);

#endif

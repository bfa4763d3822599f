#ifndef NODECAUSE_RULE_VERDICT_H
#define NODECAUSE_RULE_VERDICT_H

#include "base/words.h"

#include <stdbool.h>

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
    STATUS_ONGOING,     /* still so at the end */
    STATUS_HAPPENED,    /* an event without duration */
    STATUS_RECOVERED,   /* it was so, and something says that it ended */
    STATUS_SUPERSEDED,  /* it explained earlier deaths, and the later ones are different */
    STATUS_EARLIER_BOOT /* of a boot before the last one read */
};

/* `possible`, `likely`, `certain`. */
extern const char *const finding_confidence_words[];

/* The word of the value. Static. */
const char *finding_confidence_name(enum finding_confidence confidence);

/* The value of the word, or -1. */
int finding_confidence_find(struct span word);

/* `ongoing`, `happened`, `recovered`, `superseded`, `earlier-boot`. */
extern const char *const finding_status_words[];

/* The word of the value. Static. */
const char *finding_status_name(enum finding_status status);

/* The value of the word, or -1. */
int finding_status_find(struct span word);

/* Does it belong to what is wrong at the end: ongoing or happened? */
bool finding_status_is_current(enum finding_status status);

#endif

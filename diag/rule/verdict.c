/* The words for confidence and status. */

#include "rule/verdict.h"

const char *const finding_confidence_words[] = {
    [CONFIDENCE_POSSIBLE] = "possible",
    [CONFIDENCE_LIKELY] = "likely",
    [CONFIDENCE_CERTAIN] = "certain",
    NULL,
};

DEFINE_WORDS(finding_confidence)

const char *const finding_status_words[] = {
    [STATUS_ONGOING] = "ongoing",           [STATUS_HAPPENED] = "happened",
    [STATUS_RECOVERED] = "recovered",       [STATUS_SUPERSEDED] = "superseded",
    [STATUS_EARLIER_BOOT] = "earlier-boot", NULL,
};

DEFINE_WORDS(finding_status)

bool finding_status_is_current(enum finding_status status)
{
    return status == STATUS_ONGOING || status == STATUS_HAPPENED;
}

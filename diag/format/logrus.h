#ifndef NODECAUSE_FORMAT_LOGRUS_H
#define NODECAUSE_FORMAT_LOGRUS_H

#include "format/format.h"

/* logrus' text: `time="2024-07-08T08:46:25Z" level=info msg="text" key=value` and, on a terminal,
 * `INFO[0005] text`. The message becomes `text key=value`, without quotes; the pairs are appended
 * to the fields; level and time are set where unknown.
 * False, with the entry unchanged: it is something else. */
bool logrus_refine(const struct format_context *context, struct entry *entry);

#endif

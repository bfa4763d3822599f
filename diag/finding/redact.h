#ifndef NODECAUSE_FINDING_REDACT_H
#define NODECAUSE_FINDING_REDACT_H

#include "finding/report.h"

/* Redacts everything in the report that logs or state files wrote: a report is pasted into issues and
 * chats. What is replaced is copied into the report's arena. */
void redact_report(struct report *report);

#endif

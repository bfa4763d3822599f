#ifndef NODECAUSE_FINDING_REDACT_H
#define NODECAUSE_FINDING_REDACT_H

#include "base/cleanup.h"
#include "finding/report.h"

/* Takes secrets out of what is shown: a report is pasted into issues and chats. */
struct redactor;

struct redactor *redactor_new(void);
void redactor_free(struct redactor *redactor); /* NULL is fine */
DEFINE_CLEANUP(struct redactor, redactor_free)

/* The text with every secret in it replaced by `[redacted]`: itself when there is none, else a copy
 * in `arena`. */
struct span redact(const struct redactor *redactor, struct span text, struct arena *arena);

/* Redacts everything in the report that logs or state files wrote. */
void redact_report(struct report *report);

#endif

#ifndef NODECAUSE_FINDING_REDACTOR_H
#define NODECAUSE_FINDING_REDACTOR_H

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/span.h"

/* The compiled patterns of secrets: tokens, passwords, keys. */
struct redactor;

struct redactor *redactor_new(void);
void redactor_free(struct redactor *redactor); /* NULL is fine */
DEFINE_CLEANUP(struct redactor, redactor_free)

/* The text with every secret in it replaced by `[redacted]`: itself when it has no secret, else a copy
 * in `arena`. */
struct span redact(const struct redactor *redactor, struct span text, struct arena *arena);

#endif

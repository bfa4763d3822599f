#ifndef NODECAUSE_REASON_TEXTS_H
#define NODECAUSE_REASON_TEXTS_H

#include "reason/reasoning.h"

/* What the texts of the candidate can name: its facts, and those that every finding has
 * (`count`, `lives`, `first`, `last`, `host`), and those of its node (reason/node_facts.h). The
 * rule's own facts win. Finding facts, counts and timestamps must be set. */
struct template_scope reason_template_scope(const struct reasoning *it,
                                            const struct candidate *candidate);

/* The text filled from candidate->texts, in the report's arena; NULL when `text` is NULL. */
const char *reason_fill_text(const struct reasoning *it, const struct candidate *candidate,
                             const char *text);

#endif

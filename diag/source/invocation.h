#ifndef NODECAUSE_SOURCE_INVOCATION_H
#define NODECAUSE_SOURCE_INVOCATION_H

#include "base/error.h"
#include "source/journal_query.h"

#include <systemd/sd-journal.h>

/* Finds the run of the query's units given by its `invocation`: "" or "0" the last, "-1" the one
 * before, "1" the first, or an ID, which requires no unit. `boot` as in journal_match_add().
 * Removes all matches of the journal and changes its position. -EINVAL, or -ENODATA if not found,
 * both with a message. */
int invocation_find(sd_journal *journal, const struct journal_query *query, const sd_id128_t *boot,
                    sd_id128_t *ret, struct error *reterr);

/* The runs of a unit, oldest first. */
struct invocation {
    sd_id128_t id;
    int64_t first_us, last_us; /* of its entries, and of those about it; UTC */
};

struct invocations {
    struct invocation *items;
    size_t n, allocated;
};

/* Loads those of the query's units; the query must give a unit. `boot` and the journal as above. */
int invocations_load(sd_journal *journal, const struct journal_query *query, const sd_id128_t *boot,
                     struct invocations *ret, struct error *reterr);
void invocations_done(struct invocations *invocations);

#endif

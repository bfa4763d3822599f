/* Which entries of a journal to read. */

#include "source/journal_query.h"

#include "base/calendar.h"

struct journal_query journal_query_empty(void)
{
    return (struct journal_query){
        .since_us = TIME_UNKNOWN,
        .until_us = TIME_UNKNOWN,
        .priority = -1,
    };
}

bool journal_query_is_default(const struct journal_query *query)
{
    return !query->n_units && !query->n_identifiers && !query->n_matches && !query->boot &&
           !query->dmesg && query->since_us == TIME_UNKNOWN && query->until_us == TIME_UNKNOWN &&
           !query->directory && !query->n_files && !query->root && !query->machine &&
           !query->merge && !query->lines && !query->cursor && query->priority < 0 &&
           !query->grep && !query->invocation && !query->name_space;
}

/* Which entries of a journal to read. */

#include "source/journal_query.h"

#include "base/calendar.h"

#include <assert.h>

static_assert(DIAG_TIME_UNKNOWN == TIME_UNKNOWN, /* NOLINT(misc-redundant-expression) */
              "passed through");
static_assert((int)DIAG_CASE_AUTO == (int)GREP_CASE_AUTO, "passed through");
static_assert((int)DIAG_CASE_SENSITIVE == (int)GREP_CASE_SENSITIVE, "passed through");
static_assert((int)DIAG_CASE_IGNORE == (int)GREP_CASE_ALIKE, "passed through");

struct journal_query journal_query_empty(void)
{
    return (struct journal_query){
        .since_us = TIME_UNKNOWN,
        .until_us = TIME_UNKNOWN,
        .priority = -1,
    };
}

struct journal_query journal_query_from(const diag_journal *journal)
{
    if (!journal) {
        return journal_query_empty();
    }
    return (struct journal_query){
        .units = journal->units,
        .n_units = journal->n_units,
        .identifiers = journal->identifiers,
        .n_identifiers = journal->n_identifiers,
        .matches = journal->matches,
        .n_matches = journal->n_matches,
        .boot = journal->boot,
        .dmesg = journal->dmesg,
        .since_us = journal->since_us,
        .until_us = journal->until_us,
        .directory = journal->directory,
        .files = journal->files,
        .n_files = journal->n_files,
        .root = journal->root,
        .machine = journal->machine,
        .merge = journal->merge,
        .cursor = journal->cursor,
        .after_cursor = journal->after_cursor,
        .lines = journal->lines,
        .priority = journal->priority,
        .priority_from = journal->priority_from,
        .grep = journal->grep,
        .grep_case = (enum grep_case)journal->grep_case,
        .invocation = journal->invocation,
        .name_space = journal->name_space,
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

bool journal_query_is_all(const struct journal_query *query)
{
    struct journal_query rest = *query;

    rest.directory = rest.root = rest.machine = NULL;
    rest.n_files = 0;
    return journal_query_is_default(&rest);
}

bool journal_query_is_live(const struct journal_query *query)
{
    return !query || (!query->directory && query->n_files == 0 && !query->machine);
}

const char *journal_query_name(const struct journal_query *query)
{
    if (query && query->directory) {
        return query->directory;
    }
    if (query && query->root) {
        return query->root;
    }
    if (query && query->machine) {
        return query->machine;
    }
    return query && query->n_files ? query->files[0] : "journal";
}

const char *journal_query_root(const struct journal_query *query)
{
    return query && query->root ? query->root : "";
}

/* What was probably meant by a name that the journal does not have.
 *
 *   -u kubelte: no entry matches (did you mean kubelet.service?) */

#include "source/journal_nearest.h"

#include "base/near.h"
#include "source/unit_name.h"

/* The value of the field that is nearest to the name; empty: none is near, or the name exists. */
static struct span find_nearest(sd_journal *journal, const char *field, struct span name,
                                struct arena *arena)
{
    struct span nearest = { 0 };
    const void *data;
    size_t size;

    if (sd_journal_query_unique(journal, field) < 0) {
        return nearest;
    }
    SD_JOURNAL_FOREACH_UNIQUE(journal, data, size)
    {
        struct span value = span_skip((struct span){ data, size }, strlen(field) + 1);

        if (span_equal(value, name)) {
            return (struct span){ 0 };
        }
        if (span_equal(near_better(name, nearest, value), value)) {
            nearest = arena_copy(arena, value);
        }
    }
    return nearest;
}

static void add_nearest(struct buf *out, sd_journal *journal, const char *field, const char *name)
{
    struct arena *arena CLEANUP(arena_free_at) = arena_new();
    struct span nearest = find_nearest(journal, field, span_of(name), arena);

    if (!span_empty(nearest)) {
        buf_add_string(out, " (did you mean ");
        buf_add(out, nearest);
        buf_add_string(out, "?)");
    }
}

void journal_nearest_add_words(struct buf *out, sd_journal *journal,
                               const struct journal_query *query)
{
    struct arena *arena CLEANUP(arena_free_at) = arena_new();

    for (size_t i = 0; i < query->n_units; i++) {
        if (!unit_name_is_glob(query->units[i])) {
            add_nearest(out, journal, "_SYSTEMD_UNIT", unit_name_complete(query->units[i], arena));
        }
    }
    for (size_t i = 0; i < query->n_identifiers; i++) {
        add_nearest(out, journal, "SYSLOG_IDENTIFIER", query->identifiers[i]);
    }
}

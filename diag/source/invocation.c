/* Invocations of units: one ID for each start by systemd; systemd.exec(5).
 *
 *   _SYSTEMD_INVOCATION_ID=5a1d35a0a8ea4bd9ba4f9d1bb0d6a9cb
 *   INVOCATION_ID=5a1d35a0a8ea4bd9ba4f9d1bb0d6a9cb         (PID 1 about the unit) */

#include "source/invocation.h"

#include "base/vec.h"
#include "source/journal_match.h"

#include <errno.h>

/* A unit in a restart loop has about six a minute. */
enum {
    INVOCATIONS_MAX = 65536
};

static bool read_id(sd_journal *journal, const char *field, sd_id128_t *ret)
{
    char id[SD_ID128_STRING_MAX];
    const void *data;
    size_t size;
    struct span value;

    if (sd_journal_get_data(journal, field, &data, &size) < 0) {
        return false;
    }
    value = span_skip((struct span){ data, size }, strlen(field) + 1);
    if (value.size != sizeof(id) - 1) {
        return false;
    }
    memcpy(id, value.data, value.size);
    id[value.size] = '\0';
    return sd_id128_from_string(id, ret) >= 0;
}

/* The run that the current entry is about. The sender of a message about a unit has an invocation
 * of its own, and that of a core dump is its handler's. */
static bool read_invocation(sd_journal *journal, sd_id128_t *ret)
{
    const void *data;
    size_t size;

    if (sd_journal_get_data(journal, "COREDUMP_UNIT", &data, &size) >= 0) {
        return false;
    }
    return read_id(journal, "OBJECT_SYSTEMD_INVOCATION_ID", ret) ||
           read_id(journal, "INVOCATION_ID", ret) ||
           read_id(journal, "_SYSTEMD_INVOCATION_ID", ret);
}

typedef VEC(sd_id128_t) id_list;

static bool is_known(const id_list *ids, sd_id128_t id)
{
    for (size_t i = ids->n; i > 0; i--) { /* the last is the most likely */
        if (sd_id128_equal(ids->items[i - 1], id)) {
            return true;
        }
    }
    return false;
}

/* Walks to the n-th different one. 1, or 0 if there are fewer. */
static int walk(sd_journal *journal, bool backwards, uint64_t n, sd_id128_t *ret)
{
    id_list ids = { 0 };
    int r = backwards ? sd_journal_seek_tail(journal) : sd_journal_seek_head(journal);

    while (r >= 0 && ids.n < n && ids.n < INVOCATIONS_MAX) {
        sd_id128_t id;

        r = backwards ? sd_journal_previous(journal) : sd_journal_next(journal);
        if (r <= 0) {
            break;
        }
        if (read_invocation(journal, &id) && !is_known(&ids, id)) {
            vec_push(&ids, id);
        }
    }
    if (r >= 0 && n > 0 && ids.items && ids.n == n) {
        *ret = ids.items[n - 1];
    }
    r = r < 0 ? r : ids.n == n;
    vec_free(&ids);
    return r;
}

static void count(struct invocations *invocations, sd_id128_t id, int64_t us)
{
    for (size_t i = invocations->n; i > 0; i--) {
        if (sd_id128_equal(invocations->items[i - 1].id, id)) {
            invocations->items[i - 1].last_us = us;
            return;
        }
    }
    if (invocations->n < INVOCATIONS_MAX) {
        vec_push(invocations, (struct invocation){ id, us, us });
    }
}

static int only_units(sd_journal *journal, const struct journal_query *query,
                      const sd_id128_t *boot, struct error *reterr)
{
    struct journal_query units = journal_query_empty();

    units.units = query->units;
    units.n_units = query->n_units;
    return journal_match_add(journal, &units, boot, /* invocation= */ NULL, reterr);
}

int invocations_load(sd_journal *journal, const struct journal_query *query, const sd_id128_t *boot,
                     struct invocations *ret, struct error *reterr)
{
    int r = only_units(journal, query, boot, reterr);

    if (r >= 0) {
        r = sd_journal_seek_head(journal);
    }
    while (r >= 0 && (r = sd_journal_next(journal)) > 0) {
        sd_id128_t id;
        uint64_t us;

        if (read_invocation(journal, &id) && sd_journal_get_realtime_usec(journal, &us) >= 0) {
            count(ret, id, (int64_t)us);
        }
    }
    return r;
}

void invocations_done(struct invocations *invocations)
{
    vec_free(invocations);
}

int invocation_find(sd_journal *journal, const struct journal_query *query, const sd_id128_t *boot,
                    sd_id128_t *ret, struct error *reterr)
{
    const char *word = *query->invocation ? query->invocation : "0";
    int64_t offset;
    int r;

    if (strlen(word) == SD_ID128_STRING_MAX - 1 && sd_id128_from_string(word, ret) >= 0) {
        return 0;
    }
    if (!span_to_int(span_of(word), &offset) || offset > INVOCATIONS_MAX ||
        offset <= -INVOCATIONS_MAX) {
        return error_set(reterr, -EINVAL,
                         "invalid invocation '%s'; use 0, -1, 1 or an invocation ID", word);
    }
    if (!query->n_units) {
        return error_set(reterr, -EINVAL, "-I requires a unit; give it with -u");
    }
    r = only_units(journal, query, boot, reterr);
    if (r >= 0) {
        r = walk(journal, offset <= 0, (uint64_t)(offset > 0 ? offset : 1 - offset), ret);
    }
    if (r == 0) {
        return error_set(reterr, -ENODATA, "the journal has no invocation '%s' of %s", word,
                         query->units[0]);
    }
    return r;
}

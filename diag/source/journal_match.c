/* The matches of a query; journalctl(1) and sd_journal_add_match(3).
 *
 *   -u kubelet
 *
 * reads what the unit's processes said, what PID 1 and other system daemons said about it, and its
 * core dumps. Terms are joined by AND, the fields of one term by OR as sd-journal does it. */

#include "source/journal_match.h"

#include "base/arena.h"
#include "base/calendar.h"
#include "base/vec.h"
#include "source/unit_name.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>

#define MESSAGE_ID_COREDUMP "MESSAGE_ID=fc2e22bc6ee647b6b90729ab34a250b1" /* sd-messages.h */

/* Of a glob; a node that runs pods has several thousand scopes. */
enum {
    UNITS_MAX = 16384
};

struct match_builder {
    sd_journal *journal;
    struct arena *arena;
};

static int add(const struct match_builder *builder, const char *field, const char *value)
{
    return sd_journal_add_match(builder->journal,
                                arena_printf(builder->arena, "%s=%s", field, value), 0);
}

/* The ways in which an entry is related to a unit; each is a condition on the sender that is
 * trusted. */
static const struct about {
    const char *guards[2];
    const char *field;
    const char *suffix; /* only for units whose name has this suffix */
} abouts[] = {
    { { NULL }, "_SYSTEMD_UNIT", "" },
    { { MESSAGE_ID_COREDUMP, "_UID=0" }, "COREDUMP_UNIT", "" },
    { { "_PID=1" }, "UNIT", "" },
    { { "_UID=0" }, "OBJECT_SYSTEMD_UNIT", "" },
    { { NULL }, "_SYSTEMD_SLICE", ".slice" },
};

static int add_about(const struct match_builder *builder, const struct about *about,
                     const char *unit)
{
    int r = 0;

    if (!span_ends(span_of(unit), span_of(about->suffix))) {
        return 0;
    }
    for (size_t i = 0; r >= 0 && i < N_ELEMENTS(about->guards) && about->guards[i]; i++) {
        r = sd_journal_add_match(builder->journal, about->guards[i], 0);
    }
    if (r >= 0) {
        r = add(builder, about->field, unit);
    }
    return r >= 0 ? sd_journal_add_disjunction(builder->journal) : r;
}

static int add_unit(const struct match_builder *builder, const char *unit)
{
    int r = 0;

    for (size_t i = 0; r >= 0 && i < N_ELEMENTS(abouts); i++) {
        r = add_about(builder, &abouts[i], unit);
    }
    return r;
}

/* Adds every unit that is a value of the field and matches the glob. A unit found in two fields is
 * added twice, which has no effect. Returns the number. */
static int add_units_of_field(const struct match_builder *builder, const char *field,
                              const char *glob)
{
    VEC(const char *) units = { 0 };
    const void *data;
    size_t size;
    int r = sd_journal_query_unique(builder->journal, field);

    if (r < 0) {
        return r;
    }
    SD_JOURNAL_FOREACH_UNIQUE(builder->journal, data, size)
    {
        struct span value = span_skip((struct span){ data, size }, strlen(field) + 1);
        const char *unit = arena_string(builder->arena, value);

        if (units.n < UNITS_MAX && fnmatch(glob, unit, FNM_NOESCAPE) == 0) {
            vec_push(&units, unit);
        }
    }
    for (size_t i = 0; r >= 0 && i < units.n; i++) {
        r = add_unit(builder, units.items[i]);
    }
    r = r < 0 ? r : (int)units.n;
    vec_free(&units);
    return r;
}

static int add_glob(const struct match_builder *builder, const char *glob, struct error *reterr)
{
    int n = 0;

    for (size_t i = 0; i < N_ELEMENTS(abouts); i++) {
        int r = add_units_of_field(builder, abouts[i].field, glob);

        if (r < 0) {
            return r;
        }
        n += r;
    }
    return n ? 0 : error_set(reterr, -ENODATA, "no unit in the journal matches '%s'", glob);
}

static int add_units(const struct match_builder *builder, const struct journal_query *query,
                     struct error *reterr)
{
    int r = 0;

    for (size_t i = 0; r >= 0 && i < query->n_units; i++) {
        r = unit_name_is_glob(query->units[i])
                ? add_glob(builder, query->units[i], reterr)
                : add_unit(builder, unit_name_complete(query->units[i], builder->arena));
    }
    return r < 0 ? r : sd_journal_add_conjunction(builder->journal);
}

static int add_identifiers(const struct match_builder *builder, const struct journal_query *query)
{
    int r = 0;

    for (size_t i = 0; r >= 0 && i < query->n_identifiers; i++) {
        r = add(builder, "SYSLOG_IDENTIFIER", query->identifiers[i]);
    }
    return r < 0 ? r : sd_journal_add_conjunction(builder->journal);
}

static int add_priorities(const struct match_builder *builder, const struct journal_query *query)
{
    int r = 0;

    for (int level = query->priority_from; r >= 0 && level <= query->priority; level++) {
        r = add(builder, "PRIORITY", arena_printf(builder->arena, "%d", level));
    }
    return r < 0 ? r : sd_journal_add_conjunction(builder->journal);
}

/* Messages of the run, and those of PID 1 and other system daemons about it. */
static int add_invocation(const struct match_builder *builder, const sd_id128_t *invocation)
{
    static const struct {
        const char *guard, *field;
    } ways[] = {
        { NULL, "_SYSTEMD_INVOCATION_ID" },
        { "_PID=1", "INVOCATION_ID" },
        { "_UID=0", "OBJECT_SYSTEMD_INVOCATION_ID" },
    };
    char id[SD_ID128_STRING_MAX];
    int r = 0;

    (void)sd_id128_to_string(*invocation, id);
    for (size_t i = 0; r >= 0 && i < N_ELEMENTS(ways); i++) {
        if (ways[i].guard) {
            r = sd_journal_add_match(builder->journal, ways[i].guard, 0);
        }
        if (r >= 0) {
            r = add(builder, ways[i].field, id);
        }
        if (r >= 0) {
            r = sd_journal_add_disjunction(builder->journal);
        }
    }
    return r < 0 ? r : sd_journal_add_conjunction(builder->journal);
}

/* One word of the command line: FIELD=VALUE, `+`, or the path of a program. */
static int add_word(const struct match_builder *builder, const char *word, struct error *reterr)
{
    int r;

    if (strcmp(word, "+") == 0) {
        return sd_journal_add_disjunction(builder->journal);
    }
    r = word[0] == '/' ? add(builder, "_EXE", word)
                       : sd_journal_add_match(builder->journal, word, 0);
    if (r == -EINVAL) {
        return error_set(reterr, r, "invalid match '%s'; use FIELD=VALUE, as in _PID=1", word);
    }
    return r;
}

static int add_words(const struct match_builder *builder, const struct journal_query *query,
                     struct error *reterr)
{
    bool open = true; /* a `+` requires a term before and after it */
    int r = 0;

    for (size_t i = 0; r >= 0 && i < query->n_matches; i++) {
        bool plus = strcmp(query->matches[i], "+") == 0;

        if (plus && open) {
            break;
        }
        r = add_word(builder, query->matches[i], reterr);
        open = plus;
    }
    if (r >= 0 && open && query->n_matches) {
        return error_set(reterr, -EINVAL, "'+' must be between two matches");
    }
    return r;
}

static int add_boot(const struct match_builder *builder, const sd_id128_t *boot)
{
    char id[SD_ID128_STRING_MAX];
    int r = add(builder, "_BOOT_ID", sd_id128_to_string(*boot, id));

    return r < 0 ? r : sd_journal_add_conjunction(builder->journal);
}

static int add_kernel(const struct match_builder *builder)
{
    int r = add(builder, "_TRANSPORT", "kernel");

    return r < 0 ? r : sd_journal_add_conjunction(builder->journal);
}

int journal_match_add(sd_journal *journal, const struct journal_query *query,
                      const sd_id128_t *boot, const sd_id128_t *invocation, struct error *reterr)
{
    struct arena *arena CLEANUP(arena_free_at) = arena_new();
    struct match_builder builder = { journal, arena };
    int r = 0;

    sd_journal_flush_matches(journal);
    if (boot) {
        r = add_boot(&builder, boot);
    }
    if (r >= 0 && query->dmesg) {
        r = add_kernel(&builder);
    }
    if (r >= 0 && query->n_units) {
        r = add_units(&builder, query, reterr);
    }
    if (r >= 0 && query->n_identifiers) {
        r = add_identifiers(&builder, query);
    }
    if (r >= 0 && query->priority >= 0) {
        r = add_priorities(&builder, query);
    }
    if (r >= 0 && invocation) {
        r = add_invocation(&builder, invocation);
    }
    if (r >= 0) {
        r = add_words(&builder, query, reterr);
    }
    return r < 0 ? error_set(reterr, r, "cannot set the matches: %s", strerror(-r)) : 0;
}

static void add_all(struct buf *buf, const char *option, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_printf(buf, "%s%s%s", buf->size ? " " : "", option, words[i]);
    }
}

static void add_time(struct buf *buf, const char *option, int64_t us)
{
    if (us == TIME_UNKNOWN) {
        return;
    }
    buf_printf(buf, "%s%s", buf->size ? " " : "", option);
    calendar_add_rfc3339(buf, us, 0, true);
}

void journal_match_add_words(struct buf *buf, const struct journal_query *query)
{
    struct buf words CLEANUP(buf_done_at) = { 0 };

    if (query->dmesg) {
        buf_add_string(&words, "-k");
    }
    add_all(&words, "-u ", query->units, query->n_units);
    add_all(&words, "-t ", query->identifiers, query->n_identifiers);
    if (query->priority >= 0) {
        buf_printf(&words, "%s-p %d..%d", words.size ? " " : "", query->priority_from,
                   query->priority);
    }
    if (query->grep) {
        buf_printf(&words, "%s-g '%s'", words.size ? " " : "", query->grep);
    }
    if (query->invocation) {
        buf_printf(&words, "%s-I %s", words.size ? " " : "",
                   *query->invocation ? query->invocation : "0");
    }
    if (query->boot) {
        buf_printf(&words, "%s-b %s", words.size ? " " : "", *query->boot ? query->boot : "0");
    }
    add_time(&words, "-S ", query->since_us);
    add_time(&words, "-U ", query->until_us);
    add_all(&words, "", query->matches, query->n_matches);
    buf_add(buf, buf_span(&words));
}

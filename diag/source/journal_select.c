/* Selects the entries of a journal to read: sets the matches, and seeks the first entry. */

#include "source/journal_select.h"

#include "base/cleanup.h"
#include "source/boots.h"
#include "source/invocation.h"
#include "source/journal_match.h"
#include "source/journal_nearest.h"
#include "source/journal_seek.h"

#include <errno.h>

static int explain_nothing(const struct journal_opened *opened, const struct journal_query *query,
                           struct error *reterr)
{
    struct boots boots CLEANUP(boots_done) = { 0 };
    struct buf text CLEANUP(buf_done_at) = { 0 };

    (void)boots_load(opened->journal, &boots);
    journal_match_add_words(&text, query);
    if (text.size) {
        buf_add_string(&text, ": no entry matches");
        journal_nearest_add_words(&text, opened->journal, query);
    } else {
        buf_add_string(&text, opened->live && boots.n ? "no entry of this boot" : "no entries");
    }
    buf_add_string(&text, "; the journal contains ");
    boots_add_words(&text, &boots);
    return error_set_at(reterr, -ENODATA, opened->live ? NULL : opened->name, 0, 0, "%s",
                        text.data);
}

static int find_boot(sd_journal *journal, const char *word, sd_id128_t *ret, struct error *reterr)
{
    struct boots boots CLEANUP(boots_done) = { 0 };
    const struct boot *boot;
    int r = boots_load(journal, &boots);

    if (r >= 0) {
        r = boots_find(&boots, word, &boot, reterr);
    }
    if (r >= 0) {
        *ret = boot->id;
    }
    return r;
}

/* The boot to read. 1; 0: all boots. The current boot is known without reading the journal. */
static int choose_boot(const struct journal_opened *opened, const struct journal_query *query,
                       sd_id128_t *ret, struct error *reterr)
{
    const char *word = query->boot;
    int r;

    if (!word && (query->dmesg || (opened->live && journal_query_is_default(query)))) {
        word = "";
    }
    if (!word || strcmp(word, "all") == 0) {
        return 0;
    }
    if (opened->live && (!*word || strcmp(word, "0") == 0)) {
        r = sd_id128_get_boot(ret);
    } else {
        r = find_boot(opened->journal, word, ret, reterr);
    }
    return r < 0 ? r : 1;
}

/* Before any match is set. A query for a part of the journal expects only a part. */
static void note_gaps(const struct journal_opened *opened, struct notes *notes)
{
    struct boots boots CLEANUP(boots_done) = { 0 };

    if (boots_load(opened->journal, &boots) >= 0) {
        boots_note_gaps(&boots, opened->name, notes);
    }
}

static int set_matches(const struct journal_opened *opened, const struct journal_query *query,
                       struct error *reterr)
{
    sd_id128_t boot, invocation;
    int r = choose_boot(opened, query, &boot, reterr);
    const sd_id128_t *of_boot = r > 0 ? &boot : NULL;

    if (r >= 0 && query->invocation) {
        r = invocation_find(opened->journal, query, of_boot, &invocation, reterr);
    }
    if (r < 0) {
        return r;
    }
    return journal_match_add(opened->journal, query, of_boot,
                             query->invocation ? &invocation : NULL, reterr);
}

int journal_select(const struct journal_opened *opened, const struct source_request *request,
                   const struct journal_query *query, const struct journal_filter *filter,
                   struct error *reterr)
{
    int r;

    if (!opened->live && !request->follow && journal_query_is_all(query)) {
        note_gaps(opened, request->notes);
    }
    r = set_matches(opened, query, reterr);
    if (r >= 0) {
        r = journal_seek_first(opened->journal, query, filter);
    }
    if (r == -EINVAL && query->cursor) {
        return error_set(reterr, r, "invalid journal cursor '%s'", query->cursor);
    }
    if (r < 0) {
        return error_set(reterr, r, "cannot read the journal: %s", strerror(-r));
    }
    if (r == 0 && request->follow) {
        return journal_seek_before_first(opened->journal, query);
    }
    return r > 0 ? 1 : explain_nothing(opened, query, reterr);
}

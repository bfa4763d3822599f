/* --list-invocations, as journalctl prints it since version 257.
 *
 *   IDX INVOCATION ID                    FIRST ENTRY                 LAST ENTRY
 *    -1 9b2b7ac04cb24e0bb1f6a2a6f0d3d3f1 Mon 2026-11-16 08:11:40 UTC Mon 2026-11-16 08:11:41 UTC
 *     0 5e2f3b51a9cb4f0d8f6d84a2b7c94a10 Mon 2026-11-16 08:11:51 UTC Mon 2026-11-16 09:00:01 UTC */

#include "cli/list_invocations.h"

#include "cli/list_table.h"
#include "cli/message.h"
#include "cli/terminal.h"
#include "finding/report.h"
#include "source/boots.h"
#include "source/invocation.h"

#include <errno.h>

/* The boot of -b; 0: none was named. */
static int find_boot(sd_journal *journal, const char *word, sd_id128_t *ret, struct error *reterr)
{
    struct boots boots CLEANUP(boots_done) = { 0 };
    const struct boot *boot;
    int r;

    if (!word || strcmp(word, "all") == 0) {
        return 0;
    }
    r = boots_load(journal, &boots);
    if (r >= 0) {
        r = boots_find(&boots, word, &boot, reterr);
    }
    if (r < 0) {
        return r;
    }
    *ret = boot->id;
    return 1;
}

static int load(sd_journal *journal, const struct journal_query *query, struct invocations *ret,
                struct error *reterr)
{
    static const char *const usual[] = { "kubelet" };
    struct journal_query units = *query;
    sd_id128_t boot;
    int r = find_boot(journal, query->boot, &boot, reterr);

    if (units.n_units == 0) {
        units.units = usual;
        units.n_units = N_ELEMENTS(usual);
    }
    if (r < 0) {
        return r;
    }
    r = invocations_load(journal, &units, r > 0 ? &boot : NULL, ret, reterr);
    if (r >= 0 && ret->n == 0) {
        return error_set(reterr, -ENODATA, "the journal has no invocation of %s", units.units[0]);
    }
    return r;
}

int list_invocations(const struct input_request *request, bool utc)
{
    struct invocations runs CLEANUP(invocations_done) = { 0 };
    struct journal_query query = journal_query_from(&request->journal);
    struct journal_opened opened;
    struct error error = { 0 };
    int r = list_open(request, &opened);

    if (r != 0) {
        return r;
    }
    r = load(opened.journal, &query, &runs, &error);
    journal_opened_done(&opened);
    if (r < 0) {
        message_print("%s", error.text[0] ? error.text : strerror(-r));
        return EXIT_INPUT;
    }
    list_print_head("INVOCATION");
    for (size_t i = 0; i < runs.n; i++) {
        list_print_row((int64_t)i + 1 - (int64_t)runs.n, runs.items[i].id, runs.items[i].first_us,
                       runs.items[i].last_us, utc);
    }
    return terminal_finish(0) < 0 ? EXIT_USAGE : 0;
}

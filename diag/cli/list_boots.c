/* --list-boots, as journalctl prints it.
 *
 *   IDX BOOT ID                          FIRST ENTRY                 LAST ENTRY
 *     0 5e2f3b51a9cb4f0d8f6d84a2b7c94a10 Mon 2026-11-16 08:11:40 UTC Mon 2026-11-16 09:00:01 UTC */

#include "cli/list_boots.h"

#include "base/calendar.h"
#include "cli/complain.h"
#include "cli/terminal.h"
#include "finding/report.h"
#include "source/boots.h"
#include "source/journal_open.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    TIME_WIDTH = 27
};

static void add_time(struct buf *line, int64_t us, bool utc)
{
    time_t seconds = (time_t)(us / USEC_PER_SEC);
    char text[64] = "";
    struct tm tm;

    if (utc ? gmtime_r(&seconds, &tm) : localtime_r(&seconds, &tm))
        (void)strftime(text, sizeof(text), utc ? "%a %F %T UTC" : "%a %F %T %Z", &tm);
    buf_add_string(line, text);
}

static void print_boots(const struct boots *boots, bool utc)
{
    printf("%3s %-32s %-*s %s\n", "IDX", "BOOT ID", TIME_WIDTH, "FIRST ENTRY", "LAST ENTRY");
    for (size_t i = 0; i < boots->n; i++) {
        CLEANUP(buf_done_at) struct buf first = { 0 };
        CLEANUP(buf_done_at) struct buf last = { 0 };
        char id[SD_ID128_STRING_MAX];

        add_time(&first, boots->items[i].first_us, utc);
        add_time(&last, boots->items[i].last_us, utc);
        printf("%3d %s %-*s %s\n", (int)i - (int)boots->n + 1,
               sd_id128_to_string(boots->items[i].id, id), TIME_WIDTH, first.data, last.data);
    }
}

int list_boots(const struct options *options)
{
    struct source_request request = { .path = options->paths.n ? options->paths.items[0] : NULL };
    struct journal_opened opened;
    struct error error = { 0 };
    struct boots boots CLEANUP(boots_done) = { 0 };
    int r = journal_open(&request, &options->journal, &opened, &error);

    if (r < 0) {
        complain_about(&error);
        return EXIT_INPUT;
    }
    r = boots_load(opened.journal, &boots);
    sd_journal_close(opened.journal);
    free(opened.name);
    if (r < 0) {
        complain("the journal cannot be read: %s", strerror(-r));
        return EXIT_INPUT;
    }
    print_boots(&boots, options->utc);
    return terminal_finish(0) < 0 ? EXIT_USAGE : 0;
}

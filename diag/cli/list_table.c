/* Tables of boots and invocations, as journalctl prints them.
 *
 *   IDX BOOT ID                          FIRST ENTRY                 LAST ENTRY
 *     0 5e2f3b51a9cb4f0d8f6d84a2b7c94a10 Mon 2026-11-16 08:11:40 UTC Mon 2026-11-16 09:00:01 UTC */

#include "cli/list_table.h"

#include "base/calendar.h"
#include "cli/message.h"
#include "finding/report.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

enum {
    TIME_WIDTH = 27
};

int list_open(const struct input_request *asked, struct journal_opened *ret)
{
    struct journal_query query = journal_query_from(&asked->journal);
    struct source_request request = { 0 };
    struct error error = { 0 };

    if (asked->paths.n) {
        request.path = asked->paths.items[0];
        request.more = asked->paths.items + 1;
        request.n_more = asked->paths.n - 1;
    }
    if (journal_open(&request, &query, ret, &error) >= 0) {
        return 0;
    }
    message_print_error(&error);
    return EXIT_INPUT;
}

static void add_time(struct buf *line, int64_t us, bool utc)
{
    time_t seconds = (time_t)(us / USEC_PER_SEC);
    char text[64] = "";
    struct tm tm;

    if (utc ? gmtime_r(&seconds, &tm) : localtime_r(&seconds, &tm)) {
        (void)strftime(text, sizeof(text), utc ? "%a %F %T UTC" : "%a %F %T %Z", &tm);
    }
    buf_add_string(line, text);
}

void list_print_head(const char *what)
{
    char title[SD_ID128_STRING_MAX];

    (void)snprintf(title, sizeof(title), "%s ID", what);
    printf("%3s %-32s %-*s %s\n", "IDX", title, TIME_WIDTH, "FIRST ENTRY", "LAST ENTRY");
}

void list_print_row(int64_t index, sd_id128_t id, int64_t first_us, int64_t last_us, bool utc)
{
    CLEANUP(buf_done_at) struct buf first = { 0 };
    CLEANUP(buf_done_at) struct buf last = { 0 };
    char text[SD_ID128_STRING_MAX];

    add_time(&first, first_us, utc);
    add_time(&last, last_us, utc);
    printf("%3" PRId64 " %s %-*s %s\n", index, sd_id128_to_string(id, text), TIME_WIDTH, first.data,
           last.data);
}

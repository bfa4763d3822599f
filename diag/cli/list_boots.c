/* --list-boots, as journalctl prints it. */

#include "cli/list_boots.h"

#include "cli/list_table.h"
#include "cli/message.h"
#include "cli/terminal.h"
#include "finding/report.h"
#include "source/boots.h"

int list_boots(const struct input_request *request, bool utc)
{
    struct journal_opened opened;
    struct boots boots CLEANUP(boots_done) = { 0 };
    int r = list_open(request, &opened);

    if (r != 0) {
        return r;
    }
    r = boots_load(opened.journal, &boots);
    journal_opened_done(&opened);
    if (r < 0) {
        message_print("cannot read the journal: %s", strerror(-r));
        return EXIT_INPUT;
    }
    list_print_head("BOOT");
    for (size_t i = 0; i < boots.n; i++) {
        list_print_row((int64_t)i + 1 - (int64_t)boots.n, boots.items[i].id,
                       boots.items[i].first_us, boots.items[i].last_us, utc);
    }
    return terminal_finish(0) < 0 ? EXIT_USAGE : 0;
}

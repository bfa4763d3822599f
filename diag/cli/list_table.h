#ifndef NODECAUSE_CLI_LIST_TABLE_H
#define NODECAUSE_CLI_LIST_TABLE_H

#include "cli/input_options.h"
#include "source/journal_open.h"

/* What --list-boots and --list-invocations have in common. */

/* Opens the journal that the options name. 0; the exit code, after a message. */
int list_open(const struct input_request *asked, struct journal_opened *ret);

/* Prints the heading; `what` names the IDs of the table: `BOOT`. */
void list_print_head(const char *what);

/* Prints one line. The last of all has index 0, the one before -1. */
void list_print_row(int64_t index, sd_id128_t id, int64_t first_us, int64_t last_us, bool utc);

#endif

#ifndef NODECAUSE_CLI_LIST_BOOTS_H
#define NODECAUSE_CLI_LIST_BOOTS_H

#include "cli/input_options.h"

/* --list-boots: prints the boots of the journal as journalctl does; `utc`: times in UTC. Returns
 * the exit code. */
int list_boots(const struct input_request *request, bool utc);

#endif

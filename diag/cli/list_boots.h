#ifndef NODECAUSE_CLI_LIST_BOOTS_H
#define NODECAUSE_CLI_LIST_BOOTS_H

#include "cli/options.h"

/* --list-boots: prints the boots of the journal as journalctl does. Returns the exit code. */
int list_boots(const struct options *options);

#endif

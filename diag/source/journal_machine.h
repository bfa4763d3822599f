#ifndef NODECAUSE_SOURCE_JOURNAL_MACHINE_H
#define NODECAUSE_SOURCE_JOURNAL_MACHINE_H

#include "base/error.h"

#include <systemd/sd-journal.h>

/* Opens the journal of a container or virtual machine that runs here, by its name as machinectl(1)
 * lists it. `*ret_fd` is its root directory, to be closed behind the journal. Negative errno with a
 * sentence. */
int journal_machine_open(const char *name, sd_journal **ret, int *ret_fd, struct error *reterr);

#endif

#ifndef NODECAUSE_SOURCE_JOURNAL_MACHINE_H
#define NODECAUSE_SOURCE_JOURNAL_MACHINE_H

#include "base/error.h"

#include <systemd/sd-journal.h>

/* Opens the journal of a container or virtual machine on this host, by its name in machinectl(1).
 * `*ret_fd` is its root directory, to be closed after the journal. Negative errno with a message.
 */
int journal_machine_open(const char *name, sd_journal **ret, int *ret_fd, struct error *reterr);

#endif

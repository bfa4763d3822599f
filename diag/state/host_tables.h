#ifndef NODECAUSE_STATE_HOST_TABLES_H
#define NODECAUSE_STATE_HOST_TABLES_H

#include "state/state.h"

/* Reads all kinds from this host, or from the tree under `root` ("" for the host). Kinds that cannot
 * be read stay unknown; missing permission is noted. */
void states_add_host(struct states *states, const char *root, struct notes *notes);

/* Adds the file as the kind. If it does not exist, the kind stays unknown; missing permission is
 * noted. */
void states_add_host_file(struct states *states, const char *kind, const char *root,
                          const char *path, struct notes *notes);

#endif

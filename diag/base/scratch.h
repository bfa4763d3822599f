#ifndef NODECAUSE_BASE_SCRATCH_H
#define NODECAUSE_BASE_SCRATCH_H

#include "base/cleanup.h"

/* A directory for temporary files that must have a name, in TMPDIR, else /var/tmp. Nothing remains of it when the
 * program ends, even if it is killed: a shell waits for that, and removes it. */
struct scratch;

/* NULL with errno. */
struct scratch *scratch_new(void);

/* Removes all of it. NULL is fine. */
void scratch_free(struct scratch *scratch);
DEFINE_CLEANUP(struct scratch, scratch_free)

/* Makes an empty file. A descriptor to read and write it, which the caller closes, and its path, which the caller
 * frees; negative errno. */
int scratch_create(struct scratch *scratch, char **ret_path);

#endif

#ifndef NODECAUSE_BUNDLE_SPOOL_H
#define NODECAUSE_BUNDLE_SPOOL_H

#include "base/error.h"

#include <stdbool.h>

/* An archive on a pipe: `ssh n1 cat sos.tar.xz | nodecause`. An archive is read twice, a pipe only once: it is copied to
 * a file without a name. */

/* Does an archive come from the descriptor, compressed or not? Takes nothing of it, but waits for the first bytes of
 * a pipe. False for what is neither a pipe nor a regular file. */
bool spool_is_archive(int fd);

/* Opens the archive from its first byte: a regular file itself, of a pipe a copy in TMPDIR (else /var/tmp), or
 * in memory if there is none. A descriptor; negative errno with a message: more than SPOOL_BYTES, or in memory more
 * than SPOOL_MEMORY_BYTES. */
int spool_open(int fd, struct error *reterr);

#define SPOOL_BYTES        (16LL * 1024 * 1024 * 1024)
#define SPOOL_MEMORY_BYTES (256LL * 1024 * 1024)

#endif

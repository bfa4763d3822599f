#ifndef NODECAUSE_SOURCE_JOURNAL_SALVAGE_H
#define NODECAUSE_SOURCE_JOURNAL_SALVAGE_H

#include "base/scratch.h"

#include <stdint.h>

/* sd-journal rejects a truncated file (disk full, size limit of a bundle), although everything but
 * its end is readable. This makes a copy in a new file of `scratch`, with zeros in place of the end, which
 * sd-journal skips. The copy is as large as what remains of the file; the caller frees its path. `*ret_size_bytes` is
 * the size of what remains. -EBADMSG if the file is not a truncated one, -EFBIG if it is larger than any journal,
 * other negative errno if there is no space. */
int journal_salvage(const char *path, struct scratch *scratch, char **ret_copy,
                    uint64_t *ret_size_bytes);

#endif

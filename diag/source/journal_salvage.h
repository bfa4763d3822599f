#ifndef NODECAUSE_SOURCE_JOURNAL_SALVAGE_H
#define NODECAUSE_SOURCE_JOURNAL_SALVAGE_H

#include <stdint.h>

/* sd-journal rejects a truncated file (disk full, size limit of a bundle), although everything but
 * its end is readable. This creates a temporary copy with zeros in place of the end, which
 * sd-journal skips. The copy is as large as what remains of the file. It must have a name while it
 * is opened, because sd-journal also rejects deleted files: the caller frees `*ret_copy` and
 * removes the file. `*ret_size_bytes` is the size of what remains. -EBADMSG if the file is not a
 * truncated one, -EFBIG if it is larger than any journal, other negative errno if there is no
 * space. */
int journal_salvage(const char *path, char **ret_copy, uint64_t *ret_size_bytes);

#endif

#ifndef NODECAUSE_SOURCE_JOURNAL_SALVAGE_H
#define NODECAUSE_SOURCE_JOURNAL_SALVAGE_H

#include <stdint.h>

/* sd-journal refuses a file that was cut off (a full disk, a bundle with a size limit), although
 * all but the end of it can be read. This makes a temporary copy with zeros where the end was,
 * which sd-journal passes over. The copy takes as much room as what is left of the file. It must
 * have a name while it is opened, since sd-journal refuses a deleted one, too: the caller frees
 * `*ret_copy` and removes the file then. `*ret_size_bytes` is what is left. -EBADMSG when the file
 * is not one that was cut, -EFBIG when it is larger than any journal, other negative errno when
 * there is no room. */
int journal_salvage(const char *path, char **ret_copy, uint64_t *ret_size_bytes);

#endif

#ifndef NODECAUSE_BASE_MIRROR_H
#define NODECAUSE_BASE_MIRROR_H

#include <stddef.h>

/* Memory that is there twice: the bytes after the first `size` are the same ones again, so that what goes
 * beyond the end of a ring is in one piece all the same. */

/* `size` is a multiple of the size of a page. All bytes are 0. NULL: the system does not allow it. */
char *mirror_new(size_t size);
void mirror_free(char *mirror, size_t size); /* NULL is allowed */

#endif

#ifndef NODECAUSE_FORMAT_UNESCAPE_H
#define NODECAUSE_FORMAT_UNESCAPE_H

#include "base/span.h"

/* Unescaping in place: JSON can write a text in escapes or as a list of bytes, and a search in the
 * raw record would not find it. So records are rewritten where they are: what becomes free is
 * filled with blanks, which JSON allows between its words; the size and the number of lines stay.
 * What cannot be rewritten stays as it is. */

/* `\/` and `\u003c` read `/` and `<`. Quotes, backslashes and control characters stay escaped. */
void unescape_text(char *record, size_t size);

/* `"KEY":[72,101,108,108,111]`, on one line or on many, reads `"KEY":"Hello"`. Escape sequences of
 * terminals are taken out; what is no UTF-8 becomes U+FFFD. `key` has its quotes: `"KEY"`. */
void unescape_bytes(char *record, size_t size, struct span key);

/* What follows the key and its colon, to the end of the record; the empty span when the
 * record does not hold it. */
struct span unescape_find(struct span record, struct span key);

#endif

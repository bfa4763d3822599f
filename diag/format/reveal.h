#ifndef NODECAUSE_FORMAT_REVEAL_H
#define NODECAUSE_FORMAT_REVEAL_H

#include "base/span.h"

/* JSON can say a text so that it does not stand there: in escapes, or as a list of bytes. Whoever
 * looks for the text in the raw record would not find it, so records are rewritten, in place: what
 * becomes free is filled with blanks, which JSON allows between its words; the size and the number
 * of lines stay. What cannot be rewritten stays as it is. */

/* `\/` and `\u003c` read `/` and `<`. Quotes, backslashes and control characters stay escaped. */
void reveal_escapes(char *record, size_t size);

/* `"KEY":[72,101,108,108,111]`, on one line or on many, reads `"KEY":"Hello"`. Escape sequences of
 * terminals are taken out; what is no UTF-8 becomes U+FFFD. `key` has its quotes: `"KEY"`. */
void reveal_bytes(char *record, size_t size, struct span key);

/* What stands behind the key and its colon, to the end of the record; the empty span when the
 * record does not hold it. */
struct span reveal_find(struct span record, struct span key);

#endif

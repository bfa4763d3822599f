#ifndef NODECAUSE_FORMAT_UNESCAPE_H
#define NODECAUSE_FORMAT_UNESCAPE_H

#include "base/span.h"

/* Unescaping in place: JSON can contain a text with escapes or as a list of bytes, which a search
 * in the raw record would not find. So records are rewritten in place: the space that is freed is
 * filled with spaces, which JSON allows between tokens; the size and the number of lines do not
 * change. What cannot be rewritten is kept. */

/* `\/` and `\u003c` become `/` and `<`. Quotes, backslashes and control characters stay escaped. */
void unescape_text(char *record, size_t size);

/* `"KEY":[72,101,108,108,111]`, on one line or several, becomes `"KEY":"Hello"`. Terminal escape
 * sequences are removed; invalid UTF-8 becomes U+FFFD. `key` includes its quotes: `"KEY"`. */
void unescape_bytes(char *record, size_t size, struct span key);

/* The text after the key and its colon, to the end of the record; the empty span if the record does
 * not contain it. */
struct span unescape_find(struct span record, struct span key);

#endif

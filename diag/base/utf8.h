#ifndef NODECAUSE_BASE_UTF8_H
#define NODECAUSE_BASE_UTF8_H

#include "base/buf.h"
#include "base/span.h"

/* Length in bytes of the valid UTF-8 character at the start of the span (RFC 3629: no surrogates,
 * no overlong forms, up to U+10FFFF), or 0 when there is none. */
size_t utf8_character(struct span span);

/* How many bytes at its start are valid UTF-8? */
size_t utf8_valid_size(struct span span);

/* Is all of it valid UTF-8? */
bool utf8_valid(struct span span);

/* Appends the text as valid UTF-8: each byte that is not becomes U+FFFD. */
void utf8_add_clean(struct buf *buf, struct span span);

/* Appends the text so that a terminal shows it and nothing acts on it: valid UTF-8, control
 * characters (C0, DEL, C1) as `\x1b`, tab and newline as a blank, and the bidirectional and
 * invisible format characters that can disguise text as `\u202e`. */
void utf8_add_visible(struct buf *buf, struct span span);

/* Terminal columns the text takes; East Asian wide characters count two. */
size_t utf8_columns(struct span span);

#endif

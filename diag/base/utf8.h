#ifndef NODECAUSE_BASE_UTF8_H
#define NODECAUSE_BASE_UTF8_H

#include "base/buf.h"
#include "base/span.h"

/* Length in bytes of the valid UTF-8 character at the start of the span (RFC 3629: no surrogates,
 * no overlong forms, up to U+10FFFF), or 0 if invalid. */
size_t utf8_character(struct span span);

/* Number of bytes at the start that are valid UTF-8. */
size_t utf8_valid_size(struct span span);

/* True if all of it is valid UTF-8. */
bool utf8_valid(struct span span);

/* Appends the text as valid UTF-8: invalid bytes are replaced by U+FFFD. */
void utf8_add_clean(struct buf *buf, struct span span);

/* Appends the text in a form that is safe to display on a terminal: valid UTF-8, control characters
 * (C0, DEL, C1) as `\x1b`, tab and newline as a space, and the bidirectional and invisible
 * formatting characters that can disguise text as `\u202e`. */
void utf8_add_visible(struct buf *buf, struct span span);

/* Number of terminal columns of the text; East Asian wide characters count as two. */
size_t utf8_columns(struct span span);

#endif

#ifndef NODECAUSE_FINDING_SHELL_QUOTE_H
#define NODECAUSE_FINDING_SHELL_QUOTE_H

#include "base/buf.h"

#include <stdbool.h>

/* Inside which quotes of a command's own text a position is. */
enum quoting {
    QUOTE_NONE,
    QUOTE_SINGLE,
    QUOTE_DOUBLE
};

/* The quoting after the character `c` of the command's own text. */
enum quoting shell_quote_after(enum quoting quoting, char c);

/* Appends a value to a command: as it is where that is harmless, else quoted so that the shell
 * reads it as one word. Returns false and appends nothing when the value would begin a word with
 * `-` and be read as an option. `value` has at least one byte. */
bool shell_quote_add(struct buf *out, enum quoting quoting, struct span value);

#endif

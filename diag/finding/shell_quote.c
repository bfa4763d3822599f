/* Values in shell commands. */

#include "finding/shell_quote.h"

#include <string.h>

enum quoting shell_quote_after(enum quoting quoting, char c)
{
    if (c == '\'' && quoting != QUOTE_DOUBLE) {
        return quoting == QUOTE_SINGLE ? QUOTE_NONE : QUOTE_SINGLE;
    }
    if (c == '"' && quoting != QUOTE_SINGLE) {
        return quoting == QUOTE_DOUBLE ? QUOTE_NONE : QUOTE_DOUBLE;
    }
    return quoting;
}

bool shell_quote_add(struct buf *out, enum quoting quoting, struct span value)
{
    static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                               "_./:@%+=,-";
    const char *outside = quoting == QUOTE_DOUBLE ? "\"" : "";
    bool single = quoting == QUOTE_SINGLE;
    bool plain = true;

    if (value.data[0] == '-' && (out->size == 0 || out->data[out->size - 1] == ' ')) {
        return false;
    }
    for (size_t i = 0; i < value.size && plain; i++) {
        plain = value.data[i] && strchr(safe, value.data[i]);
    }
    if (plain) {
        buf_add(out, value);
        return true;
    }
    buf_printf(out, "%s%s", outside, single ? "" : "'");
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] == '\'') {
            buf_add_string(out, "'\\''");
        } else {
            buf_add_byte(out, value.data[i]);
        }
    }
    buf_printf(out, "%s%s", single ? "" : "'", outside);
    return true;
}

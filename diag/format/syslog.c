/* Escapes of syslog daemons; rsyslog's $EscapeControlCharactersOnReceive.
 *
 *   Filename#011#011#011#011Type#011#011Size#011Used#011Priority
 */

#include "format/syslog.h"

static int octal_digit(char c)
{
    return c >= '0' && c <= '7' ? c - '0' : -1;
}

/* The control character at the start of the text, -1 if there is none. */
static int control_at(struct span text)
{
    int value = 0;

    if (text.size < 4 || text.data[0] != '#') {
        return -1;
    }
    for (int i = 1; i < 4; i++) {
        int digit = octal_digit(text.data[i]);

        if (digit < 0) {
            return -1;
        }
        value = value << 3 | digit;
    }
    return value < 0x20 || value == 0x7f ? value : -1;
}

/* Nearly no text has a `#`. */
static bool may_have_control(struct span text)
{
    ptrdiff_t at = span_find_byte(text, '#');

    return at >= 0 && span_find(span_skip(text, (size_t)at), SPAN("#0")) >= 0;
}

struct span syslog_unescape(struct span text, struct arena *arena)
{
    size_t size = 0;
    char *out;

    if (!may_have_control(text)) {
        return text;
    }
    out = arena_alloc(arena, text.size);
    while (text.size) {
        int control = control_at(text);

        out[size++] = control < 0 ? text.data[0] : (char)control;
        text = span_skip(text, control < 0 ? 1 : 4);
    }
    return (struct span){ out, size };
}

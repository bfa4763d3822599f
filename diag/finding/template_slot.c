/* Places between braces in the texts of rules. */

#include "finding/template_slot.h"

enum {
    DEPTH_MAX = 4
};

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-';
}

/* Offset of the brace that closes the one at the start, or 0. */
static size_t closing_brace(struct span text)
{
    unsigned depth = 0;

    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '{' && ++depth > DEPTH_MAX) {
            return 0;
        }
        if (text.data[i] == '}' && --depth == 0) {
            return i;
        }
    }
    return 0;
}

bool template_slot_begins(struct span text)
{
    return span_starts(text, SPAN("{")) && !span_starts(text, SPAN("{{"));
}

struct template_slot template_slot_parse(struct span text)
{
    size_t end = closing_brace(text), n = 1;
    struct template_slot slot = { 0 };

    while (n < end && is_name(text.data[n])) {
        n++;
    }
    if (end == 0 || n == 1) {
        return slot;
    }
    slot.name = (struct span){ text.data + 1, n - 1 };
    if (n < end) {
        if (text.data[n] != ':' && text.data[n] != '|') {
            return slot;
        }
        slot.separator = text.data[n];
        slot.text = span_skip(span_head(text, end), n + 1);
        if (slot.separator == ':') {
            slot.text = span_trim(slot.text);
        }
    }
    slot.size = end + 1;
    return slot;
}

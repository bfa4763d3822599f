/* The table of formats: lookup by name, or by content. */

#include "format/format.h"

static bool is_named(const struct format *format, struct span name)
{
    struct span own = span_of(format->name);

    if (own.size != name.size) {
        return false;
    }
    for (size_t i = 0; i < own.size; i++) {
        if (own.data[i] != (name.data[i] == '_' ? '-' : name.data[i])) {
            return false;
        }
    }
    return true;
}

const struct format *format_find(struct span name)
{
    for (const struct format *const *format = formats; *format; format++) {
        if (is_named(*format, name)) {
            return *format;
        }
    }
    return NULL;
}

const struct format *format_choose(struct span head, int *ret_bid)
{
    const struct format *best = &format_text;
    int best_bid = BID_FALLBACK;

    for (const struct format *const *format = formats; *format; format++) {
        int bid = (*format)->bid(head);

        if (bid > best_bid) {
            best = *format;
            best_bid = bid;
        }
    }
    if (ret_bid) {
        *ret_bid = best_bid;
    }
    return best;
}

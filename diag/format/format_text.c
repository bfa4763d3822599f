/* Plain text: any line is a message without sender and time.
 *
 *   failed to create fsnotify watcher: too many open files */

#include "format/line.h"

static int bid(struct span head)
{
    (void)head;
    return BID_FALLBACK;
}

static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    (void)context;
    if (line_is_debris(record)) {
        return 0;
    }
    ret->message = span_trim(record);
    return 1;
}

const struct format format_text = {
    .name = "text",
    .summary = "plain text, one message per line",
    .spec = "none",
    .bid = bid,
    .decode = decode,
};

/* A log format that only tests/extend/run.py adds.
 *
 *   @acme kubelet: acme gauge p1 burst */

#include "base/cleanup.h"
#include "format/format.h"

#include <errno.h>

static int bid(struct span head)
{
    return span_starts(head, SPAN("@acme ")) ? BID_SURE : BID_NO;
}

static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    struct span rest = record, word;

    (void)context;
    if (!span_word(&rest, &word) || !span_is(word, "@acme") ||
        !span_cut(&rest, ':', &ret->identifier)) {
        return -EBADMSG;
    }
    ret->identifier = span_trim(ret->identifier);
    ret->message = span_trim(rest);
    return 1;
}

const struct format format_acme = {
    .name = "acme",
    .summary = "logs of an imaginary vendor",
    .spec = "tests/extend",
    .bid = bid,
    .decode = decode,
};

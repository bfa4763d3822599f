/* A log file in the text format of capnslog: etcd up to 3.4.
 * https://github.com/coreos/pkg/blob/v4/capnslog/formatters.go
 *
 *   2020-03-05 08:00:01.123456 W | wal: sync duration of 2.731884512s, expected less than 1s
 *
 * Decoded by the layer with the same name, because the logs of containers contain it as well. */

#include "format/capnslog.h"
#include "format/line.h"

#include <errno.h>

static bool begins(struct span line)
{
    ptrdiff_t bar = span_find(line, SPAN(" | "));

    /* 2020-03-05 08:00:01.123456 W | */
    return bar > 20 && bar < 36 && span_starts(line, SPAN("20")) && line.data[bar - 2] == ' ' &&
           line.data[10] == ' ' && line.data[4] == '-';
}

static int score(struct span line)
{
    return begins(line) ? BID_GOOD : BID_NO;
}

static int bid(struct span head)
{
    return line_average(head, score);
}

static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    if (span_empty(span_trim(record))) {
        return 0;
    }
    ret->message = span_trim(record);
    return capnslog_refine(context, ret) ? 1 : -EBADMSG;
}

const struct format format_capnslog = {
    .name = "capnslog",
    .summary = "capnslog text format: etcd up to 3.4",
    .spec = "https://github.com/coreos/pkg/tree/v4/capnslog",
    .bid = bid,
    .begins = begins,
    .decode = decode,
};

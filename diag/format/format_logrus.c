/* A log file in the text format of logrus: containerd, CRI-O, dockerd, k3s, rke2, k0s.
 * https://github.com/sirupsen/logrus#formatters
 *
 *   time="2024-06-12T13:46:40.123456789Z" level=error msg="RunPodSandbox failed" error="rpc ..."
 *
 * Decoded by the layer with the same name, because journal lines contain it as well. */

#include "format/line.h"
#include "format/logrus.h"

#include <errno.h>

static bool begins(struct span line)
{
    return (span_starts(line, SPAN("time=")) || span_starts(line, SPAN("level="))) &&
           span_find(line, SPAN("msg=")) > 0;
}

static int score(struct span line)
{
    return begins(line) && span_find(line, SPAN("level=")) >= 0 ? BID_GOOD : BID_NO;
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
    return logrus_refine(context, ret) ? 1 : -EBADMSG;
}

const struct format format_logrus = {
    .name = "logrus",
    .summary = "logrus text format: containerd, CRI-O, dockerd, k3s, rke2, k0s",
    .spec = "https://github.com/sirupsen/logrus#formatters",
    .bid = bid,
    .begins = begins,
    .decode = decode,
};

/* klog bare in a file, as kubelets without journald and container logs have it.
 *
 * https://github.com/kubernetes/klog
 *
 *   F0407 22:06:29.503369   19593 server.go:262] failed to run Kubelet: Running with swap on ... */

#include "format/klog.h"
#include "format/line.h"

#include <errno.h>

/* People indent what they paste; more than this is the continuation of a message. */
enum {
    INDENT_MAX = 8
};

static bool header_of(struct span line, struct klog *ret, struct span *ret_rest)
{
    return take_blanks(&line) <= INDENT_MAX && klog_header(line, ret, ret_rest);
}

static int score(struct span line)
{
    struct klog klog;
    struct span rest;

    if (!header_of(line, &klog, &rest)) {
        return BID_NO;
    }
    return (klog.severity ? BID_GOOD : BID_WEAK + 5) + (klog.stamp.size > 4 ? 10 : 0);
}

static int bid(struct span head)
{
    return line_average(head, score);
}

static bool begins(struct span line)
{
    return score(line) || !line_continues(line);
}

/* Leaves the header in the message: the klog layer reads it. */
static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    struct klog klog;
    struct span rest;

    (void)context;
    if (!header_of(record, &klog, &rest)) {
        return -EBADMSG;
    }
    ret->message = span_trim(record);
    return 1;
}

const struct format format_klog = {
    .name = "klog",
    .summary = "Kubernetes component logs: E0602 15:59:24.360483 18726 kubelet.go:1530] ...",
    .spec = "https://github.com/kubernetes/klog",
    .bid = bid,
    .begins = begins,
    .decode = decode,
};

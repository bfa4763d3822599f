/* klog in a file, as written by kubelets without journald and in container logs.
 *
 * https://github.com/kubernetes/klog
 *
 *   F0407 22:06:29.503369   19593 server.go:262] failed to run Kubelet: Running with swap on ...
 *
 * oc adm node-logs, and so must-gather of Windows nodes, puts the node's name before each line:
 *
 *   winworker-1 E0612 13:40:01.100000    1100 run.go:74] "command failed" err="..." */

#include "format/klog.h"
#include "format/line.h"

#include <errno.h>

/* Pasted text is often indented; with more than this it is the continuation of a message. */
enum {
    INDENT_MAX = 8
};

static bool is_host_character(char c)
{
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '.' || c == '-';
}

/* The name of the node before a complete header; empty: there is none. */
static struct span cut_node(struct span *line)
{
    struct span rest = *line, node = *line;
    size_t n = 0;

    while (n < rest.size && is_host_character(rest.data[n])) {
        n++;
    }
    rest = span_skip(rest, n);
    if (n == 0 || rest.size < 6 || rest.data[0] != ' ' || !strchr("IWEF", rest.data[1]) ||
        !is_digit(rest.data[2]) || !is_digit(rest.data[5])) {
        return (struct span){ 0 };
    }
    *line = span_skip(rest, 1);
    return span_head(node, n);
}

static bool header_of(struct span line, struct klog *ret, struct span *ret_rest)
{
    return take_blanks(&line) <= INDENT_MAX && klog_header(line, ret, ret_rest);
}

static bool header_after_node(struct span line, struct klog *ret, struct span *ret_rest)
{
    return !span_empty(cut_node(&line)) && klog_header(line, ret, ret_rest) && ret->stamp.size > 4;
}

static int score(struct span line)
{
    struct klog klog;
    struct span rest;

    if (!header_of(line, &klog, &rest) && !header_after_node(line, &klog, &rest)) {
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

/* Keeps the header in the message: it is parsed by the klog layer. */
static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    struct klog klog;
    struct span rest;

    (void)context;
    if (!header_of(record, &klog, &rest)) {
        if (!header_after_node(record, &klog, &rest)) {
            return -EBADMSG;
        }
        ret->host = cut_node(&record);
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

/* A log file of klog, zap or logrus in JSON: the kubelet with --logging-format=json, Talos, etcd, containerd.
 * https://kubernetes.io/docs/concepts/cluster-administration/system-logs/#json-log-format
 *
 *   {"ts":1718200000000.123,"caller":"kubelet/kubelet.go:1530","msg":"Failed to start",...}
 *
 * The object is decoded by the layer with the same name, because journal lines contain it as well.
 */

#include "format/klog_json.h"
#include "format/line.h"

#include <errno.h>

static bool has(struct span line, const char *key)
{
    return span_find(line, span_of(key)) >= 0;
}

static int score(struct span line)
{
    if (!span_starts(line, SPAN("{\"")) || !has(line, "\"msg\":")) {
        return BID_NO;
    }
    if (!has(line, "\"ts\":")) {
        return has(line, "\"level\":") && has(line, "\"time\":\"") ? BID_GOOD : BID_NO;
    }
    return has(line, "\"caller\":") ? BID_SURE : BID_GOOD;
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
    ret->message = record;
    return klog_json_refine(context, ret) ? 1 : -EBADMSG;
}

const struct format format_klog_json = {
    .name = "klog-json",
    .summary = "Kubernetes components with --logging-format=json, etcd, containerd on Talos",
    .spec = "https://kubernetes.io/docs/concepts/cluster-administration/system-logs/",
    .bid = bid,
    .decode = decode,
};

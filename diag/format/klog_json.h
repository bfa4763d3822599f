#ifndef NODECAUSE_FORMAT_KLOG_JSON_H
#define NODECAUSE_FORMAT_KLOG_JSON_H

#include "format/format.h"

/* JSON of klog, zap, logrus and slog, one object: `{"ts":1718200000000.1,"caller":"kubelet.go:7","msg":"text",
 * "err":"..."}`. The message becomes `text err=...`, the same as for klog's decoded text. False, with
 * the entry unchanged: it is something else. */
bool klog_json_refine(const struct format_context *context, struct entry *entry);

#endif

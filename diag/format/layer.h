#ifndef NODECAUSE_FORMAT_LAYER_H
#define NODECAUSE_FORMAT_LAYER_H

#include "format/format.h"

/* What programs wrap their words in before any log gets them: logrus, klog in JSON, klog. Such text
 * stands bare in a file or as the message of another format, and one inside another (k0s and k3s
 * pass klog lines on inside logrus). A layer that is not there leaves the entry as it is. */

/* logrus' text: `time="2024-07-08T08:46:25Z" level=info msg="text" key=value` and, on a terminal,
 * `INFO[0005] text`. The message becomes `text key=value`, unquoted; the pairs are appended to the
 * fields; level and time fill what the entry does not know yet. */
bool logrus_refine(const struct format_context *context, struct entry *entry);

/* klog's and zap's JSON, one object: `{"ts":1718200000000.1,"caller":"kubelet.go:7","msg":"text",
 * "err":"..."}`. The message becomes `text err=...`, as klog's text reads once its quotes are
 * undone. */
bool klog_json_refine(const struct format_context *context, struct entry *entry);

/* All layers, from the outside in, klog's header last. Escape sequences of terminals are taken out
 * first. */
void layer_refine(const struct format_context *context, struct entry *entry);

#endif

#ifndef NODECAUSE_FORMAT_LAYER_H
#define NODECAUSE_FORMAT_LAYER_H

#include "format/format.h"

/* Formats of programs inside other formats: logrus, klog in JSON, klog. Such text is in a file of
 * its own or in the message of another format, and one can be inside another (k0s and k3s forward
 * klog lines inside logrus). Without the layer, the entry is unchanged. */

/* logrus' text: `time="2024-07-08T08:46:25Z" level=info msg="text" key=value` and, on a terminal,
 * `INFO[0005] text`. The message becomes `text key=value`, without quotes; the pairs are appended
 * to the fields; level and time are set where unknown. */
bool logrus_refine(const struct format_context *context, struct entry *entry);

/* JSON of klog and zap, one object: `{"ts":1718200000000.1,"caller":"kubelet.go:7","msg":"text",
 * "err":"..."}`. The message becomes `text err=...`, the same as for klog's decoded text. */
bool klog_json_refine(const struct format_context *context, struct entry *entry);

/* All layers, from the outermost to the innermost, with klog's header last. Terminal escape
 * sequences are removed first. */
void layer_refine(const struct format_context *context, struct entry *entry);

#endif

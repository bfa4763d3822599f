#ifndef NODECAUSE_FORMAT_LAYER_H
#define NODECAUSE_FORMAT_LAYER_H

#include "format/format.h"

/* Formats of programs inside other formats: logrus, klog in JSON, klog. Such text is in a file of
 * its own or in the message of another format, and one can be inside another (k0s and k3s forward
 * klog lines inside logrus). Without the layer, the entry is unchanged. */

/* All layers, from the outermost to the innermost, with klog's header last. Terminal escape
 * sequences are removed first. */
void layer_refine(const struct format_context *context, struct entry *entry);

#endif

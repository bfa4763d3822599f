#ifndef NODECAUSE_ENTRY_MULTILINE_H
#define NODECAUSE_ENTRY_MULTILINE_H

#include "base/span.h"

/* klog writes a multi-line value between `key=<` and ` >`. If the input is split at newlines
 * (journald, a text log), each line is a record of its own; these functions find the related
 * records, in the raw text. k8s.io/klog/v2 internal/serialize, writeStringValue(). */

/* True if the record ends with the start of a multi-line value: `contents=<`, or gRPC's `failed to
 * connect to {`, after klog's header. */
bool multiline_opens(struct span record);

/* True if the record can be part of a value that another one started. Lines of values are indented,
 * and the last one starts with `>` or `}`. */
bool multiline_may_continue(struct span record);

/* True if the record is the end of what `opener` started: a value with ` >`, a block with an
 * unindented `}`. The rest of the line belongs to it: `}. Err: connection error: ...`. */
bool multiline_ends(struct span opener, struct span record);

/* True if the record is the end of such a value: ` >`, alone or before further pairs. The space may
 * have been stripped. */
bool multiline_closes(struct span record);

/* True if the record starts with klog's header, so that it cannot belong to a value started before
 * it. */
bool multiline_starts_anew(struct span record);

#endif

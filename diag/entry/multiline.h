#ifndef NODECAUSE_ENTRY_MULTILINE_H
#define NODECAUSE_ENTRY_MULTILINE_H

#include "base/span.h"

/* klog writes a value of several lines between `key=<` and ` >`. Whoever cuts its input at newlines
 * (journald, a text log) gives each line as a record of its own; these tell where they belong
 * together, on the raw text. k8s.io/klog/v2 internal/serialize, writeStringValue(). */

/* Does the record end by opening what runs over several lines: a value, `contents=<`, or the block
 * of gRPC's address, `failed to connect to {`, behind klog's header? */
bool multiline_opens(struct span record);

/* May the record be part of what another one opened? Lines of values are set in, and an end begins
 * with `>` or `}`. */
bool multiline_may_continue(struct span record);

/* Does the record end what `opener` opened: the value by ` >`, the block by `}` at the margin? What
 * follows the bracket belongs to it: `}. Err: connection error: ...`. */
bool multiline_ends(struct span opener, struct span record);

/* Is the record the end of such a value: ` >`, alone or before further pairs? Who handed it on may
 * have cut the blank. */
bool multiline_closes(struct span record);

/* Does the record begin with klog's header, so that it cannot belong to a value begun before it? */
bool multiline_starts_anew(struct span record);

#endif

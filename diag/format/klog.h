#ifndef NODECAUSE_FORMAT_KLOG_H
#define NODECAUSE_FORMAT_KLOG_H

#include "base/arena.h"
#include "entry/entry.h"

/* klog, the log of all Kubernetes components: k8s.io/klog/v2, textlogger and internal/serialize.
 *
 *   E0602 15:59:24.360483   18726 kubelet.go:1530] "Failed to start cAdvisor" err="inotify_init:
 * ..." F0407 22:06:29.503369   19593 server.go:262] failed to run Kubelet: Running with swap on ...
 *
 * It stands bare in a file, or as the message of another format; so it is a layer, applied by the
 * reader to the message of every entry. */

/* The header at the start of `text`. False when there is none. `*ret_rest` is what follows `] `.
 * Tolerates what people do to it: the time cut out (`E1127      617 summary.go:92]`), no PID, and
 * no header but the file (`kubelet.go:1561] ...`, then severity is 0). */
bool klog_header(struct span text, struct klog *ret, struct span *ret_rest);

/* Undoes the quoting of a structured message: `"msg" key="value" n=3` reads `msg key=value n=3`,
 * with Go's escapes (\" \\ \t \n \xNN \uNNNN) undone inside quotes, and the pairs in `*ret_fields`
 * (allocated in `arena`, at most LIMIT_FIELDS). A text that is not structured is returned as it is.
 * An unterminated quote (a cut line) runs to the end. Multi-line values `key=<` LF TAB line ... LF
 * ` >` read as their lines, joined by newlines. Keys may hold blanks (`/proc/swaps contents=`). */
struct span klog_unquote(struct span text, struct arena *arena, const struct field **ret_fields,
                         size_t *ret_n_fields);

/* Applies the layer to an entry whose `message` was set by a format: header, severity, thread as
 * pid when there was none, unquoted message, fields appended. An entry without klog stays as it is.
 * Stamps of klog have no year and no zone: they fill `when` only if the format gave no time. */
struct format_context;
void klog_refine(const struct format_context *context, struct entry *entry);

#endif

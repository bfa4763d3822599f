#ifndef NODECAUSE_FORMAT_KLOG_H
#define NODECAUSE_FORMAT_KLOG_H

#include "base/arena.h"
#include "entry/entry.h"

/* klog, the log format of all Kubernetes components: k8s.io/klog/v2, textlogger and
 * internal/serialize.
 *
 *   E0602 15:59:24.360483   18726 kubelet.go:1530] "Failed to start cAdvisor" err="inotify_..."
 *   F0407 22:06:29.503369   19593 server.go:262] failed to run Kubelet: Running with swap on ...
 *
 * Used in a file of its own, or as the message of another format; so it is a layer that is applied
 * to the message of every entry. */

/* The header at the start of `text`. False if there is none. `*ret_rest` follows `] `. Accepts
 * edited headers: without the time (`E1127      617 summary.go:92]`), without PID, and only the
 * file (`kubelet.go:1561] ...`, then severity is 0). */
bool klog_header(struct span text, struct klog *ret, struct span *ret_rest);

/* Decodes a structured message: `"msg" key="value" n=3` becomes `msg key=value n=3`, with Go's
 * escapes (\" \\ \t \n \xNN \uNNNN) inside quotes decoded, and the pairs in `*ret_fields`
 * (allocated in `arena`, at most LIMIT_FIELDS). A text that is not structured is returned
 * unchanged. An unterminated quote (a truncated line) extends to the end. Multi-line values
 * `key=<` LF TAB line ... LF ` >` become their lines, joined with newlines. Keys may contain
 * spaces (`/proc/swaps contents=`). */
struct span klog_unquote(struct span text, struct arena *arena, const struct field **ret_fields,
                         size_t *ret_n_fields);

/* Applies the layer to an entry whose `message` was set by a format: header, severity, thread as
 * pid if unknown, decoded message, fields appended. An entry without klog is unchanged. klog
 * timestamps have no year and no zone: they set `when` only if the format has no time. */
struct format_context;
void klog_refine(const struct format_context *context, struct entry *entry);

#endif

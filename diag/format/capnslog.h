#ifndef NODECAUSE_FORMAT_CAPNSLOG_H
#define NODECAUSE_FORMAT_CAPNSLOG_H

#include "format/format.h"

/* capnslog's text, of etcd up to 3.4: `2020-03-05 08:00:01.123456 W | wal: sync duration of 2s`. The
 * message becomes `W | wal: ...`; severity is set, and the time where it is unknown.
 * False, with the entry unchanged: it is something else. */
bool capnslog_refine(const struct format_context *context, struct entry *entry);

#endif

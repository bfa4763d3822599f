#ifndef NODECAUSE_ENTRY_ENTRY_H
#define NODECAUSE_ENTRY_ENTRY_H

#include "base/arena.h"
#include "base/calendar.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One log entry, decoded. All spans borrow from the batch it was decoded from and from the arena
 * given to the decoder; whoever keeps one copies it. An empty span means "the input did not say".
 */

/* Levels of syslog(3), and one for "not said". */
enum severity {
    SEVERITY_EMERGENCY,
    SEVERITY_ALERT,
    SEVERITY_CRITICAL,
    SEVERITY_ERROR,
    SEVERITY_WARNING,
    SEVERITY_NOTICE,
    SEVERITY_INFO,
    SEVERITY_DEBUG,
    SEVERITY_UNKNOWN,
};

/* When it happened, as far as the input says. */
struct moment {
    int64_t time_us; /* UTC, or TIME_UNKNOWN. With an unknown year it is counted in the year 2000,
                      * good for order and distance only; with an unknown zone it is read as UTC */
    int64_t monotonic_us; /* since the boot, or TIME_UNKNOWN */
    int16_t zone_minutes; /* offset from UTC of the zone it was written in, when zone_known */
    bool zone_known;
    bool year_known;
};

#define MOMENT_UNKNOWN ((struct moment){ .time_us = TIME_UNKNOWN, .monotonic_us = TIME_UNKNOWN })

/* Where a record stands, so that people can look it up. */
struct origin {
    uint32_t input;  /* index into the report's inputs */
    uint64_t line;   /* 1-based first line in the input; 0 when it has no lines (a journal file) */
    uint64_t offset; /* bytes before it in the input */
    struct span cursor; /* journal cursor; empty for text */
    struct span member; /* path inside an archive; empty otherwise */
};

/* One named value of an entry: a journal field, or a key of a structured message. */
struct field {
    struct span name;
    struct span value;
};

/* klog's header, when the message has one: `E0602 15:59:24.360483   18726 kubelet.go:1530] msg`. */
struct klog {
    char severity;     /* 'I' 'W' 'E' 'F'; 0 when the message has no klog header */
    struct span stamp; /* `0602 15:59:24.360483` as written */
    int64_t thread;    /* the number before the file; the PID of the process; -1 when absent */
    struct span file;  /* `kubelet.go` */
    int64_t line;      /* 1530; -1 when absent */
};

struct entry {
    struct moment when;
    struct origin origin;
    struct span stamp; /* the time as the input wrote it, for people */
    struct span host;
    struct span boot;      /* boot id */
    struct span machine;   /* machine id */
    struct span transport; /* `kernel`, `syslog`, `stdout`, `journal`, ..., `event` for a Kubernetes
                            * event, `status` for a line of systemctl status; empty when not said */
    struct span unit;      /* systemd unit the process belongs to */
    struct span about_unit; /* unit that PID 1 speaks about (UNIT=, or the name before the colon) */
    struct span identifier; /* syslog identifier, process or container name */
    struct span invocation; /* invocation id of the unit it belongs to or speaks about */
    int64_t pid;            /* -1 when not said */
    enum severity severity; /* klog's letter if there is one, else the journal's priority */
    struct klog klog;

    /* What was said, without headers, klog quoting undone: `"msg" key="value"` reads `msg
     * key=value`. Values that journald split over several entries are joined, with newlines. */
    struct span message;
    struct span raw; /* the record as it stands in the input, its first line at least */
    bool cut;        /* the record was cut (pager, terminal, our limit) */

    const struct field *fields; /* the journal's own fields, then keys of a structured message */
    size_t n_fields;

    uint64_t streams; /* set of streams it may belong to, see entry/streams.h */
};

/* An entry that says nothing yet: unknown times, pid -1, severity unknown. */
struct entry entry_empty(void);

/* Value of the field; the empty span when there is none. The last one wins when it is repeated.
 * Besides fields[], these names work: klog.severity, klog.file, klog.line, klog.thread, message,
 * unit, identifier, host, pid, transport. Numbers are written into `arena`. */
struct span entry_field(const struct entry *entry, struct span name, struct arena *arena);

/* `emergency` ... `debug`, `unknown`. Static. */
const char *severity_name(enum severity severity);

/* The level of syslog's keyword, as `journalctl -p` and `dmesg -x` write it: `emerg`, `alert`,
 * `crit`, `err`, `warning` or `warn`, `notice`, `info`, `debug`; -1 for any other text. */
int severity_find(struct span keyword);

#endif

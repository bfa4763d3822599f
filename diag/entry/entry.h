#ifndef NODECAUSE_ENTRY_ENTRY_H
#define NODECAUSE_ENTRY_ENTRY_H

#include "base/arena.h"
#include "base/calendar.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One log entry, decoded. All spans borrow from the batch it was decoded from and from the arena
 * given to the decoder; copy them to keep them. An empty span means that the input does not contain
 * the value. */

/* Severities of syslog(3), and one for "unknown". */
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

/* The time of the entry, as far as the input has it. */
struct moment {
    int64_t time_us;      /* UTC, or TIME_UNKNOWN. With an unknown year it is in the year 2000 and
                           * only good for order and distance; with an unknown zone it is taken as
                           * UTC */
    int64_t monotonic_us; /* since boot, or TIME_UNKNOWN */
    int16_t zone_minutes; /* offset from UTC of the original zone, if zone_known */
    bool zone_known;
    bool year_known;
    bool year_guessed; /* by the time of the file: known unless another input shows a better one */
    /* Only with an unknown time_us: the range that the time is certainly in, as the age of a
     * Kubernetes event shows it (`5m` is less than 6 minutes). */
    int64_t earliest_us; /* UTC */
    int64_t spread_us;   /* to earliest_us + spread_us; 0: no range is known */
    int64_t began_us;    /* the same of the first occurrence, when the entry counts several */
    int64_t began_spread_us;
    int64_t collected_us;        /* when the ages were printed: the same for all of a table */
    int64_t collected_spread_us; /* the part of the spread that comes from it */
};

#define MOMENT_UNKNOWN ((struct moment){ .time_us = TIME_UNKNOWN, .monotonic_us = TIME_UNKNOWN })

/* The location of a record, for the user. */
struct origin {
    uint32_t input;     /* index into the report's inputs */
    uint64_t line;      /* 1-based first line in the input; 0 if it has no lines (a journal file) */
    uint64_t offset;    /* number of bytes before it in the input */
    struct span cursor; /* journal cursor; empty for text */
    struct span member; /* path inside an archive; empty otherwise */
};

/* A named value of an entry: a journal field, or a key of a structured message. */
struct field {
    struct span name;
    struct span value;
};

/* klog's header, if the message has one: `E0602 15:59:24.360483   18726 kubelet.go:1530] msg`. */
struct klog {
    char severity;     /* 'I' 'W' 'E' 'F'; 0 if the message has no klog header */
    struct span stamp; /* `0602 15:59:24.360483` as written */
    int64_t thread;    /* the number before the file; the PID of the process; -1 if missing */
    struct span file;  /* `kubelet.go` */
    int64_t line;      /* 1530; -1 if missing */
};

/* How the component that logged an entry is known. */
enum component_known {
    COMPONENT_UNKNOWN,
    COMPONENT_LIKELY,  /* by words and places that only it has */
    COMPONENT_CERTAIN, /* by its unit, its identifier, its transport, or the path of its log */
};

/* The component that logged an entry: kubelet, coredns, kernel. See entry/component.h. */
struct component {
    const char *name; /* of its stream; NULL: no stream has it. Borrowed from the streams */
    enum component_known known;
    const char *by; /* `unit`, `heading`, `klog caller`, ...; NULL: unknown. Static */
};

struct entry {
    struct moment when;
    struct origin origin;
    struct span stamp; /* the time as written in the input, for the user */
    struct span host;
    struct span boot;       /* boot ID */
    struct span machine;    /* machine ID */
    struct span transport;  /* `kernel`, `syslog`, `stdout`, `journal`, ..., `event` for a
                             * Kubernetes event, `status` for a line of systemctl status; empty if
                             * unknown */
    struct span unit;       /* systemd unit of the process */
    struct span about_unit; /* unit that a message of PID 1 is about (UNIT=, or the name before
                             * the colon) */
    struct span identifier; /* syslog identifier, process or container name */
    struct span invocation; /* invocation ID of the unit that it belongs to or is about */
    int64_t pid;            /* -1 if unknown */
    enum severity severity; /* severity of klog if there is one, else the journal's priority */
    struct klog klog;

    /* The message without headers and with klog quoting decoded: `"msg" key="value"` becomes `msg
     * key=value`. Values that journald split over several entries are joined with newlines. */
    struct span message;
    struct span raw; /* the record as in the input, at least its first line */
    bool cut;        /* the record was truncated (pager, terminal, limit) */
    const char
        *mended; /* what its text lacks and was made up for: `the line lacks its front`; NULL:
                         * nothing. Static */

    const struct field *fields; /* the journal's own fields, then keys of a structured message */
    size_t n_fields;

    struct component component;
    uint64_t streams; /* set of streams that it may belong to, see entry/streams.h */
};

/* An empty entry: unknown times, pid -1, severity unknown. */
struct entry entry_empty(void);

/* Value of the field; the empty span if it does not exist. If the field is repeated, the last value
 * counts. In addition to fields[], these names work: klog.severity, klog.file, klog.line,
 * klog.thread, message, unit, identifier, host, pid, transport. Numbers are written to `arena`. */
struct span entry_field(const struct entry *entry, struct span name, struct arena *arena);

/* `emergency` ... `debug`, `unknown`. Static. */
const char *severity_name(enum severity severity);

/* The severity of a syslog keyword, as in `journalctl -p` and `dmesg -x`: `emerg`, `alert`, `crit`,
 * `err`, `warning` or `warn`, `notice`, `info`, `debug`; -1 for any other text. */
int severity_find(struct span keyword);

#endif

#ifndef NODECAUSE_FORMAT_EVENT_H
#define NODECAUSE_FORMAT_EVENT_H

#include "entry/entry.h"

/* Converts a Kubernetes event or a condition of a node, in any output format (tables, JSON, YAML),
 * to an entry. Spans are borrowed; empty ones are unknown. */
struct cluster_event {
    struct span type;      /* `Normal`, `Warning` */
    struct span reason;    /* `SystemOOM` */
    struct span component; /* `kubelet` */
    struct span host;      /* the node that sent it */
    struct span object;    /* `node/node01`, `pod/nginx-7c5`, kind in lower case */
    struct span namespace;
    struct span sub_object; /* `spec.containers{nginx}` */
    struct span count;      /* decimal */
    struct span first_seen; /* ages or timestamps as written */
    struct span last_seen;
    struct span condition; /* `DiskPressure` */
    struct span status;    /* of the condition: `True`, `False`, `Unknown` */
    struct span message;
    struct span stamp;  /* as written, if it is an absolute time */
    struct moment when; /* of the last occurrence; MOMENT_UNKNOWN if only an age is known */
};

struct cluster_event event_empty(void);

/* Writes it to the entry: transport `event`, and the known ones of the fields type, reason, from,
 * object, namespace, sub_object, count, first_seen, last_seen, age (the same as last_seen),
 * condition and status; and `interval`, the shortest mean time between its occurrences that its count
 * and its ages allow, in seconds. The host is the sender's, else the node named by the object or the message.
 */
void event_fill(const struct cluster_event *event, struct arena *arena, struct entry *entry);

/* Sets the range of the times of an event without one, by its ages (`5m46s`, `3m (x15 over 1h)`), in a
 * table that was printed between `collected_us` and that plus `collected_spread_us`. Changes nothing if
 * it has no age. */
void event_set_range(struct entry *entry, int64_t collected_us, int64_t collected_spread_us,
                     struct arena *arena);

/* Cuts a time as kubectl describe prints it (RFC 1123, `Sun, 27 Nov 2016 18:44:52 +0000`) off the
 * start of `*rest`. False, with nothing changed, if there is none. */
bool event_cut_date(struct span *rest, struct moment *ret);

#endif

#ifndef NODECAUSE_FORMAT_EVENT_H
#define NODECAUSE_FORMAT_EVENT_H

#include "entry/entry.h"

/* A Kubernetes event or a node's condition, whichever way it was printed (tables, JSON, YAML), on
 * its way into an entry. Spans are borrowed; empty ones were not said. */
struct event {
    struct span type;      /* `Normal`, `Warning` */
    struct span reason;    /* `SystemOOM` */
    struct span component; /* `kubelet` */
    struct span host;      /* the node it came from */
    struct span object;    /* `node/node01`, `pod/nginx-7c5`, kind in small letters */
    struct span namespace;
    struct span sub_object; /* `spec.containers{nginx}` */
    struct span count;      /* decimal */
    struct span first_seen; /* ages or stamps as written */
    struct span last_seen;
    struct span condition; /* `DiskPressure` */
    struct span status;    /* of the condition: `True`, `False`, `Unknown` */
    struct span message;
    struct span stamp;  /* as written, where there is an absolute time */
    struct moment when; /* of the last occurrence; MOMENT_UNKNOWN where only an age is told */
};

struct event event_empty(void);

/* Writes it into the entry: transport `event`, the fields type, reason, from, object, namespace,
 * sub_object, count, first_seen, last_seen, age (the same as last_seen), condition and status,
 * those that were said. The host is the sender's, else the node that the object or the message
 * names. */
void event_fill(const struct event *event, struct arena *arena, struct entry *entry);

#endif

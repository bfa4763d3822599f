#ifndef NODECAUSE_SIGNAL_FACT_TYPE_H
#define NODECAUSE_SIGNAL_FACT_TYPE_H

#include "base/span.h"

/* What the text of a fact means, and the unit of its number. */
enum fact_type {
    FACT_TEXT,      /* as written */
    FACT_INTEGER,   /* 23143 */
    FACT_BYTES,     /* bytes */
    FACT_KIBIBYTES, /* KiB, as the kernel's kB: value in bytes */
    FACT_PAGES,     /* pages of 4 KiB: value in bytes */
    FACT_PERCENT,   /* `92%`, `92`, or a fraction `0.1` under `fraction`: value in percent */
    FACT_FRACTION,  /* 0.1 is 10 %: value in percent */
    FACT_DURATION,  /* Go's or systemd's: value in microseconds */
    FACT_QUANTITY, /* Kubernetes resource.Quantity, `100Mi`, `24094024Ki`, `1500m`: the plain number
                    */
    FACT_TIME,     /* RFC 3339 or Go's time.String(): value in microseconds */
    FACT_PATH,     /* a file name */
    FACT_POD,      /* namespace/name, from `name_ns(uid)`, `ns/name`, `"ns/name"` */
    FACT_TYPES
};

/* `text`, `integer`, ... as rule files name them. Static; NULL for FACT_TYPES. */
const char *fact_type_name(enum fact_type type);

/* The type of that name; FACT_TYPES when it is unknown. */
enum fact_type fact_type_from_name(struct span name);

#endif

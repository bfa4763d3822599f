#ifndef NODECAUSE_SIGNAL_FACT_H
#define NODECAUSE_SIGNAL_FACT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* One thing a line says, with its type, so that it is compared as a value and printed for people.
 */
enum fact_type {
    FACT_TEXT,      /* as it stands */
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

struct fact {
    struct span name;
    enum fact_type type;
    bool has_number;  /* the text could be read as its type's number */
    double number;    /* in the unit told above */
    struct span text; /* as the log wrote it (pods: as namespace/name, quantities written as Go's
                       * struct: their string) */
};

/* `text`, `integer`, ... as rule files name them; NULL-safe inverse: FACT_TYPES when unknown. */
const char *fact_type_name(enum fact_type type);
enum fact_type fact_type_from_name(struct span name);

/* Makes a fact of a captured text: reads its number, normalises a pod. `text` is copied into
 * `arena`, at most LIMIT_FACT_BYTES of it; `name` is borrowed. */
struct fact fact_parse(struct span name, enum fact_type type, struct span text,
                       struct arena *arena);

/* Orders by value where both have numbers, else by text: <0, 0, >0. */
int fact_compare(const struct fact *a, const struct fact *b);

/* For people: `1022357504` bytes reads `975 MiB`, a duration `3 m 5 s`, text as it stands. */
void fact_add_human(struct buf *buf, const struct fact *fact);

/* Key in JSON: the name, with `_bytes` or `_us` behind it for types with a unit of their own
 * (kibibytes, pages, bytes; duration). Written into `arena`. */
struct span fact_json_name(const struct fact *fact, struct arena *arena);

#endif

#ifndef NODECAUSE_SIGNAL_FACT_H
#define NODECAUSE_SIGNAL_FACT_H

#include "base/arena.h"
#include "base/buf.h"
#include "signal/fact_type.h"

#include <stdbool.h>

/* One value from a log line, with its type, so that it is compared as a value and printed for
 * people. */
struct fact {
    struct span name;
    enum fact_type type;
    bool has_number;  /* the text could be read as its type's number */
    double number;    /* in the unit of its type */
    struct span text; /* as the log wrote it (pods: as namespace/name, quantities written as Go's
                       * struct: their string) */
};

/* Makes a fact of a captured text: reads its number, normalises a pod. `text` is copied into
 * `arena`, at most LIMIT_FACT_BYTES of it; `name` is borrowed. */
struct fact fact_parse(struct span name, enum fact_type type, struct span text,
                       struct arena *arena);

/* Orders by value where both have numbers, else by text: <0, 0, >0. */
int fact_compare(const struct fact *a, const struct fact *b);

/* For people: `1022357504` bytes reads `975 MiB`, a duration `3 m 5 s`, text as it is. */
void fact_add_human(struct buf *buf, const struct fact *fact);

/* Key in JSON: the name, with the suffix `_bytes` or `_us` for types with a unit of their own
 * (kibibytes, pages, bytes; duration). Written into `arena`. */
struct span fact_json_name(const struct fact *fact, struct arena *arena);

#endif

#ifndef NODECAUSE_SIGNAL_SIGNAL_H
#define NODECAUSE_SIGNAL_SIGNAL_H

#include "entry/entry.h"
#include "signal/fact_table.h"

/* One match: one entry (or one block of entries) that matched one signal of one rule, and its
 * facts. */
struct signal {
    uint32_t rule;   /* index of the rule in the rule set */
    uint32_t signal; /* index of the signal in its rule */
    const struct fact *facts;
    size_t n_facts;
    const struct fact_table *tables;
    size_t n_tables;

    struct moment when;
    uint64_t sequence; /* running number of the record in its input, in the order of the input */
    struct origin origin;
    struct span stamp, host, boot, unit, identifier, invocation, message;
    int64_t pid;
    enum severity severity;
    struct component component; /* of the entry */
    const char *mended;         /* as in struct entry */
    bool
        unattributed; /* its component is unknown, and others log such words: no proof of anything */
    uint64_t streams; /* of the entry */
    uint64_t
        unit_streams; /* of the unit that it is about: the one that systemd logs about (about_unit
                            * or the fact `unit`), else the entry's own */
};

/* The fact of that name, or NULL. */
const struct fact *signal_fact(const struct signal *signal, struct span name);

/* Which signal came first: by time, else by the clock of the boot, else by place in the input. A
 * total order: <0, 0, >0; signals without time follow all that have one. */
int signal_compare_time(const struct signal *a, const struct signal *b);

#endif

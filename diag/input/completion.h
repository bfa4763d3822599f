#ifndef NODECAUSE_INPUT_COMPLETION_H
#define NODECAUSE_INPUT_COMPLETION_H

#include "base/buf.h"
#include "entry/batch.h"
#include "entry/node_names.h"
#include "input/processes.h"
#include "input/sections.h"

/* What every entry gets, whether a reader or a source of records decoded it: the number of its
 * input, its component and its streams. Headings hold over batches, and so do PIDs (input/sections.h,
 * input/processes.h). A source of records also leaves the layers that programs wrap their messages in;
 * of text the reader has decoded them, since they may give the time. */
struct completion {
    const struct streams *streams; /* borrowed; NULL: entries get none */
    struct components *components; /* owned; NULL without streams */
    uint32_t input;                /* its number, for origins */
    int path;                      /* component whose log the input is by its path */
    unsigned n_learnt;             /* entries decoded to know the processes */
    size_t learn_bytes;            /* from one of them to the next; 0: not yet known */
    bool layers;                   /* of a source of records: decode them, too */
    bool names_node;               /* the log has the name `hostname`: others in it are of others */
    bool several_hosts, about_several;
    int64_t booted_us, booted_spread_us; /* of the boot that entries count from; 0: unknown */
    struct span node;                    /* whose all entries are; empty: they say; borrowed */
    struct span hostname;                /* whose those are that do not say; borrowed */
    struct collected printed;            /* when ages in it were */
    int64_t since_us;                    /* when its bundle was begun, or before that; 0: unknown */
    struct buf host;                     /* the one that entries name; owned */
    struct buf about;         /* the node that Kubernetes objects and events name; owned */
    struct node_names *names; /* of nodes, as their objects show them; NULL: none; owned */
    struct batch inner;       /* set by completion_apply() */
    struct sections sections;
    struct processes processes;
};

/* `name` is the path of the input. */
void completion_init(struct completion *completion, const struct streams *streams, uint32_t input,
                     const char *name, bool layers);

/* All entries are of this node (empty: of the one that they name) and of this stream (NULL: as they show). Borrowed. */
void completion_set_place(struct completion *completion, struct span node, const char *log);

/* Entries that name no machine, or one without a name yet (`localhost`), are of this one; all are in a log that does not
 * have its name. Borrowed. */
void completion_set_hostname(struct completion *completion, struct span hostname);

/* Ages of events count from this time, unless a block of the text shows its own. */
void completion_set_printed(struct completion *completion, struct collected printed);

/* A node whose last heartbeat was long before this time (UTC; 0: unknown) was silent when its object was collected: the
 * entry gets the fields `HEARTBEAT=old` and `SILENT_FOR`. */
void completion_set_since(struct completion *completion, int64_t since_us);

/* Entries that have only the time since boot count from a boot that began at `booted_us` (0: unknown) or up to
 * `spread_us` later. */
void completion_set_boot(struct completion *completion, int64_t booted_us, int64_t spread_us);

/* The host that all entries decoded so far name; empty: none, or several. Borrowed. */
struct span completion_host(const struct completion *completion);

/* The node that all Kubernetes objects and events decoded so far are about; empty: none, or several. Borrowed. */
struct span completion_about(const struct completion *completion, bool *ret_several);

/* The names of nodes for their addresses, as the objects decoded so far show them; NULL: none. Borrowed. */
const struct node_names *completion_names(const struct completion *completion);

void completion_done(struct completion *completion);

/* The same batch, in which each entry is complete. Valid as long as `batch`, one at a time. */
struct batch completion_apply(struct completion *completion, const struct batch *batch);

#endif

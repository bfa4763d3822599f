#ifndef NODECAUSE_INPUT_SECTIONS_H
#define NODECAUSE_INPUT_SECTIONS_H

#include "base/vec.h"
#include "entry/batch.h"
#include "entry/component.h"

/* The sections of a text that is a collection of logs, and the commands that people paste with
 * their output. What a heading or a command shows of the component holds until the next one.
 *
 *   ==> coredns [1fc341799e51] <==                   minikube logs
 *   ==> /var/log/pods/kube-system_x/y/0.log <==      tail
 *   === kubelet ===
 *   root@node1:~# journalctl -xeu kubelet
 *   Name:               node1                        kubectl describe node */

enum {
    SECTION_NODE_MAX = 256 /* bytes; RFC 1123 allows 253 */
};

/* When something was printed: between `from_us` and that plus `spread_us`. */
struct collected {
    int64_t from_us; /* UTC; TIME_UNKNOWN: not known */
    int64_t spread_us;
};

struct section {
    position at; /* of the record that begins with its heading */
    struct component_place place;
    char node[SECTION_NODE_MAX]; /* that a block of kubectl describe is about; empty: unknown */
    bool is_named;               /* the line before was `Name:` of the block */
    bool is_pod;                 /* the block is of a pod, whose node is still to come */
    int64_t renewed_us;          /* last renewal of the lease of a node; TIME_UNKNOWN */
    struct collected collected;  /* when the block was printed */
};

struct sections {
    const struct streams *streams; /* borrowed; NULL: no section is found */
    VEC(struct section) items;     /* by position */
    uint64_t scanned;              /* bytes */
    bool headed;                   /* a heading was found */
};

void sections_done(struct sections *sections);

/* Finds the headings in the next batch of a text; a batch has whole lines. Of a large number the
 * older half is forgotten. */
void sections_scan(struct sections *sections, const struct batch *batch);

/* What the section shows that contains the record. */
struct component_place sections_place(const struct sections *sections, position at);

/* The node that the record is about because it is in a block of `kubectl describe node`, or of a pod
 * on that node: events and conditions belong to their object. Empty: unknown. Borrowed until the
 * next scan. */
struct span sections_node(const struct sections *sections, position at);

/* When the block of kubectl describe that contains the record was printed, by the node's last
 * heartbeat: the ages of its events count from then. */
struct collected sections_collected(const struct sections *sections, position at);

#endif

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
 *   root@node1:~# journalctl -xeu kubelet */

struct section {
    position at; /* of the record that begins with its heading */
    struct component_place place;
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

#endif

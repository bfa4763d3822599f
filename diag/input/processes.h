#ifndef NODECAUSE_INPUT_PROCESSES_H
#define NODECAUSE_INPUT_PROCESSES_H

#include "entry/component.h"

/* Which component a PID in klog's headers is of. Many lines of a program have a klog file that
 * several components have (`server.go`, `reflector.go`); others of the same PID are its own. */

enum {
    PROCESSES_MAX = 256
};

struct processes {
    struct {
        int64_t pid;
        int component; /* COMPONENT_NONE: of several */
    } items[PROCESSES_MAX];
    size_t n;
    int only;   /* all lines so far are of this one */
    bool mixed; /* of several */
};

void processes_init(struct processes *processes);

/* Learns from an entry that shows its component by itself. True: something new. */
bool processes_learn(struct processes *processes, const struct streams *streams,
                     const struct entry *entry);

/* The component of the PID, or COMPONENT_NONE. PID 1 is of every container. */
int processes_find(const struct processes *processes, int64_t pid);

/* The component of all lines that show one; COMPONENT_NONE: of none or several. Only components
 * that share words with others count: systemd and the kernel log about all of them. */
int processes_only(const struct processes *processes);

#endif

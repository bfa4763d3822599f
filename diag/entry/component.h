#ifndef NODECAUSE_ENTRY_COMPONENT_H
#define NODECAUSE_ENTRY_COMPONENT_H

#include "entry/streams.h"

/* Which component logged an entry, and how that is known.
 *
 *   certain   its transport, identifier or unit; the path of its log; a heading that is such a path
 *   likely    the heading of its section; a file in klog's header that only it has; a line of the
 *             same process that shows it; words that only it logs; a command line before it; all
 *             other lines of the input are its own
 *   unknown   anything else: a klog file that several components have, a bare message
 *
 * In a process that contains several components (k3s, rke2, kubelite) klog's header decides. */

enum {
    COMPONENT_NONE = -1
};

/* What the place of an entry in its input shows. Indexes of streams, or COMPONENT_NONE. */
struct component_place {
    int path;    /* the input, or the section, is a file of this component */
    int heading; /* of the section; set only if the heading is not a path */
    int process; /* klog lines with the same PID are of this one */
    int command; /* a command before it prints the log of this one */
    int input;   /* all other lines of the input are of this one */
};

/* Nothing is known of the place. */
extern const struct component_place component_place_none;

/* What recognises the components of the entries of one input. */
struct components;

/* The streams are borrowed. */
struct components *components_new(const struct streams *streams);
void components_free(struct components *components); /* NULL is fine */
DEFINE_CLEANUP(struct components, components_free)

/* Sets `component` and `streams` of the entry. An entry of a known component belongs to its stream
 * alone; one of an unknown component may belong to every stream that its sender allows. */
void components_judge(const struct components *components, const struct component_place *place,
                      struct entry *entry);

/* The component whose log has this path, or whose section has this heading, or COMPONENT_NONE. */
int component_of_path(const struct streams *streams, struct span path);
int component_of_heading(const struct streams *streams, struct span heading);

/* `certain`, `likely`, `unknown`. Static. */
const char *component_known_name(enum component_known known);

#endif

#ifndef NODECAUSE_LAYOUT_BUILTIN_H
#define NODECAUSE_LAYOUT_BUILTIN_H

/* The layouts compiled into the program; made by cmake/embed-layouts. Ends with an item whose path is
 * NULL. */
struct builtin_layout {
    const char *path; /* `sos.yaml` */
    const char *yaml; /* terminated */
};

extern const struct builtin_layout builtin_layouts[];

#endif

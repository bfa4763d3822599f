#ifndef NODECAUSE_LAYOUT_LOAD_H
#define NODECAUSE_LAYOUT_LOAD_H

#include "layout/layout.h"

/* Layouts from YAML files. One that has the name of an earlier one replaces it. */
struct layout_set;

struct layout_set *layout_set_new(void);
void layout_set_free(struct layout_set *set); /* NULL is fine */
DEFINE_CLEANUP(struct layout_set, layout_set_free)

/* Adds those compiled into the program. */
int layout_set_add_builtin(struct layout_set *set, struct error *reterr) MUST_CHECK;

/* Adds one. Its name is that of its file, without folders and `.yaml`. `text` is copied. -EINVAL
 * with the place in *reterr. */
int layout_set_add_text(struct layout_set *set, const char *path, struct span text,
                        struct error *reterr) MUST_CHECK;

/* All of them, valid until one is added or the set is freed. */
struct layouts layout_set_layouts(const struct layout_set *set);

#endif

#ifndef NODECAUSE_FINDING_TEMPLATE_SLOT_H
#define NODECAUSE_FINDING_TEMPLATE_SLOT_H

#include "base/span.h"

/* A place between braces in the text of a rule: `{name}`, `{name: row}` or `{name|otherwise}`. */
struct template_slot {
    struct span name; /* may have dots: `swaps.device` */
    char separator;   /* ':' or '|', or 0 */
    struct span text; /* after the separator; may have slots itself */
    size_t size;      /* with its braces; 0: malformed */
};

/* Does a slot begin here? `{{` is a brace. */
bool template_slot_begins(struct span text);

/* The slot at the start of the text. Borrows from it. */
struct template_slot template_slot_parse(struct span text);

#endif

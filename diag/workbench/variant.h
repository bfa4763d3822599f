#ifndef NODECAUSE_WORKBENCH_VARIANT_H
#define NODECAUSE_WORKBENCH_VARIANT_H

#include "base/buf.h"
#include "rule/rule.h"

struct variant_input {
    const struct rules *rules;
    const struct rule *rule; /* whose test it is */
    struct span text;
};

/* The same story told in another way: a test's input as Windows, a pager, a busy node or another
 * output of journalctl would show it. */
struct variant {
    const char *name; /* `CRLF`, `cut at 80 columns` */

    /* Writes the input anew. False when it cannot be told so (a line without a stamp cannot change
     * places, no text becomes a journal without one). */
    bool (*make)(const struct variant *variant, const struct variant_input *input, struct buf *out);

    unsigned columns;   /* of the cut; 0: nothing is lost, all that is expected holds */
    const char *format; /* of the output; NULL: as that of the input */
};

extern const struct variant variants[]; /* ends with a NULL name */

#endif

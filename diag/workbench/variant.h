#ifndef NODECAUSE_WORKBENCH_VARIANT_H
#define NODECAUSE_WORKBENCH_VARIANT_H

#include "base/buf.h"
#include "rule/rule.h"

struct variant_input {
    const struct rules *rules;
    const struct rule *rule; /* whose test it is */
    struct span text;
};

/* The same log in another form: a test's input as Windows, a pager, a busy node or another
 * output of journalctl would show it. */
struct test_variant {
    const char *name; /* `CRLF`, `cut at 80 columns` */

    /* Writes the input in this form. False when it has none: a line without a stamp cannot change
     * places, and a text without stamps cannot be a journal. */
    bool (*make)(const struct test_variant *variant, const struct variant_input *input,
                 struct buf *out);

    unsigned columns;   /* of the cut; 0: nothing is lost, and all expectations apply */
    const char *format; /* of the output; NULL: that of the input */
};

#endif

#ifndef NODECAUSE_WORKBENCH_VARIANT_LINES_H
#define NODECAUSE_WORKBENCH_VARIANT_LINES_H

#include "workbench/variant.h"

/* What happens to lines on their way; each is a `make` of struct test_variant. */

/* Windows line ends. */
bool variant_crlf(const struct test_variant *variant, const struct variant_input *input,
                  struct buf *out);

/* journalctl -r. */
bool variant_newest_first(const struct test_variant *variant, const struct variant_input *input,
                          struct buf *out);

/* Lines of other senders in between. */
bool variant_noise(const struct test_variant *variant, const struct variant_input *input,
                   struct buf *out);

/* A pager cut the lines at `columns` of the variant. */
bool variant_cut(const struct test_variant *variant, const struct variant_input *input,
                 struct buf *out);

#endif

#ifndef NODECAUSE_WORKBENCH_VARIANT_FORMATS_H
#define NODECAUSE_WORKBENCH_VARIANT_FORMATS_H

#include "workbench/variant.h"

/* The lines in other formats; each is a `make` of struct test_variant. */

/* The kubelet's own log file, as journalctl -o short shows it. */
bool variant_short(const struct test_variant *variant, const struct variant_input *input,
                   struct buf *out);

/* journalctl -o short-iso. */
bool variant_short_iso(const struct test_variant *variant, const struct variant_input *input,
                       struct buf *out);

/* journalctl -o json. */
bool variant_json(const struct test_variant *variant, const struct variant_input *input,
                  struct buf *out);

/* journalctl -o export. */
bool variant_export(const struct test_variant *variant, const struct variant_input *input,
                    struct buf *out);

#endif

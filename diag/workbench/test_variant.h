#ifndef NODECAUSE_WORKBENCH_TEST_VARIANT_H
#define NODECAUSE_WORKBENCH_TEST_VARIANT_H

#include "workbench/variant.h"

/* The forms in which every test is run; ends with a NULL name. */
extern const struct test_variant test_variants[];

#endif

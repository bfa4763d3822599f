#ifndef NODECAUSE_WORKBENCH_CORPUS_H
#define NODECAUSE_WORKBENCH_CORPUS_H

#include "cli/options.h"

/* nodecause test --corpus DIR [--min PERCENT]: diagnoses labelled cases. rules/README.md,
 * "Tests", says how they are laid out. Returns the exit code: 1 below PERCENT (100 unless told), or
 * when a case that is labelled `none` has a root cause; 2 when the corpus cannot be read. */
int corpus_test(const struct options *options);

#endif

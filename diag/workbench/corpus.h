#ifndef NODECAUSE_WORKBENCH_CORPUS_H
#define NODECAUSE_WORKBENCH_CORPUS_H

#include "rule/rule.h"

struct corpus_request {
    const char *directory;
    const char *families; /* a file; NULL: families.tsv in the directory */
    unsigned min_percent; /* of the cases that must be right */
    const char *output;   /* as in test_results_print() */
};

/* nodecause test --corpus DIR: diagnoses labelled cases. rules/README.md, "Tests", describes the
 * layout. Returns the exit code: 1 when fewer are right, or when a case that is labelled `none` has
 * a root cause; 2 when the corpus cannot be read. */
int corpus_test(const struct corpus_request *request, const struct rules *rules);

#endif

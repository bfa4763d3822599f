#ifndef NODECAUSE_WORKBENCH_TEST_RESULTS_H
#define NODECAUSE_WORKBENCH_TEST_RESULTS_H

#include "base/buf.h"
#include "base/vec.h"
#include "rule/rule.h"

/* What came of one test of a rule, or of one labelled case. Borrowed but for `differences`. */
struct test_result {
    const char *group; /* the rule, or the family of cases */
    const char *name;
    const char *variant; /* NULL: as it was written */
    struct place place;
    char *differences; /* lines, each indented; NULL: as expected */
};

struct test_results {
    VEC(struct test_result) results;
    size_t n_failed;
};

/* Takes the text out of `differences`; nothing in it means that all is well. */
void test_results_add(struct test_results *list, const struct test_result *result,
                      struct buf *differences);
void test_results_done(struct test_results *list);

/* Prints them on standard output, as `text`, `json` or `junit`. */
void test_results_print(const struct test_results *list, const char *output);

/* The names of these formats, then NULL. */
const char *test_results_format(size_t i);

#endif

#ifndef NODECAUSE_WORKBENCH_TEST_RUN_H
#define NODECAUSE_WORKBENCH_TEST_RUN_H

#include "base/error.h"
#include "finding/report.h"
#include "format/format.h"
#include "signal/store.h"

/* The test of a rule, run as production would: one path for both, so that a test never passes on
 * what a diagnosis would not find. */
struct test_run {
    const struct rules *rules;
    const struct rule_test *test; /* its state is given, and its input */
    struct span input;            /* used instead of the test's when it is not empty */
    const struct format *format;  /* of the input; NULL: found by bids */

    /* Sees all signals before the report is written; NULL: not called. */
    void (*look)(void *data, const struct store *signals);
    void *data;
};

/* Fills the report. -EINVAL when the test names an unknown state table. */
int test_run_report(const struct test_run *run, struct report *report,
                    struct error *reterr) MUST_CHECK;

/* Is the rule found, in any role? */
bool test_finds(const struct report *report, const char *id);

/* Does the test expect to find the rule: as root, among the findings, or folded? */
bool test_expects(const struct rule_test *test, const char *id);

#endif

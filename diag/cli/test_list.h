#ifndef NODECAUSE_CLI_TEST_LIST_H
#define NODECAUSE_CLI_TEST_LIST_H

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

struct test_list {
    VEC(struct test_result) results;
    size_t n_failed;
};

/* Takes the text out of `differences`; nothing in it means that all is well. */
void test_list_add(struct test_list *list, const struct test_result *result,
                   struct buf *differences);
void test_list_done(struct test_list *list);

/* Prints them on standard output, as `text`, `json` or `junit`. */
void test_list_print(const struct test_list *list, const char *output);

/* Is it one of these three? */
bool test_list_can_print(const char *output);

#endif

/* Sorting of what may be in order already. */

#include "base/sort.h"

#include "base/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static size_t n_compared;

static int compare_tens(const void *a, const void *b)
{
    int x = *(const int *)a / 10, y = *(const int *)b / 10;

    n_compared++;
    return (x > y) - (x < y);
}

static const struct {
    const char *name;
    int items[6];
    size_t n;
    int sorted[6];
    size_t compared_at_most;
} rows[] = {
    { "nothing", { 0 }, 0, { 0 }, 0 },
    { "one", { 7 }, 1, { 7 }, 0 },
    { "in order: looked through once", { 1, 12, 23, 34, 45, 56 }, 6, { 1, 12, 23, 34, 45, 56 }, 5 },
    { "equal ones stay as they are", { 5, 3, 18, 11, 29, 20 }, 6, { 5, 3, 18, 11, 29, 20 }, 5 },
    { "not in order", { 31, 12, 56, 1, 45, 23 }, 6, { 1, 12, 23, 31, 45, 56 }, 60 },
    { "the last one is too early", { 12, 23, 34, 45, 56, 6 }, 6, { 6, 12, 23, 34, 45, 56 }, 60 },
};

static void test_sort(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        int items[6];

        memcpy(items, rows[i].items, sizeof(items));
        n_compared = 0;
        sort_items(items, rows[i].n, sizeof(items[0]), compare_tens);
        for (size_t k = 0; k < rows[i].n; k++) {
            if (items[k] != rows[i].sorted[k]) {
                fail_msg("%s: item %zu is %d", rows[i].name, k, items[k]);
            }
        }
        if (n_compared > rows[i].compared_at_most) {
            fail_msg("%s: compared %zu times", rows[i].name, n_compared);
        }
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = { cmocka_unit_test(test_sort) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Which records of klog belong together. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "entry/multiline.h"

static void test_records(void **state)
{
    static const struct {
        const char *record;
        bool opens, closes, starts_anew;
    } rows[] = {
        { "I0207 22:20:04.917220   12997 swap_util.go:115] \"Swap is on\" /proc/swaps contents=<",
          true, false, true },
        { "\"Swap is on\" /proc/swaps contents=<", true, false, false },
        { " >", false, true, false },
        { ">", false, true, false },
        { " > err=\"no\"", false, true, false },
        { " > next=<", true, true, false },
        { "\t/dev/sda5 partition 998396", false, false, false },
        { "", false, false, false },
        { "\t >", false, false, false }, /* a line of the value itself */
        { ">= 5", false, false, false },
        { " >> a", false, false, false },
        { "a < b", false, false, false },
        { "contents=<nil>", false, false, false },
        { "E0207", false, false, false },
        { "E0207x", false, false, false },
        { "D0207 22:20", false, false, false },
        { "Error: 0207", false, false, false },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct span record = span_of(rows[i].record);

        if (multiline_opens(record) != rows[i].opens ||
            multiline_closes(record) != rows[i].closes ||
            multiline_starts_anew(record) != rows[i].starts_anew) {
            fail_msg("'%s'", rows[i].record);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_records) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

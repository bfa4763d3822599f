#include "state/tables.h"

#include "state/rows.h"

/* An amount, the unit of a bare number, and what it comes to; -1: no amount. */
static const struct amount {
    const char *text;
    double unit;
    double expected;
} amounts[] = {
    { "0", 1024, 0 },
    { "998396", 1024, 1022357504 },
    { "5.8G", 1024, 6227702579 },
    { "1,5M", 1, 1572864 },
    { "23Gi", 1, 24696061952 },
    { "8.7MiB", 1, 9122611 },
    { "0B", 1024, 0 },
    { "100k", 1, 102400 },
    { "2048", 1, 2048 },
    { "", 1, -1 },
    { "G", 1, -1 },
    { ".5G", 1, -1 },
    { "5.G", 1, -1 },
    { "1.2.3", 1, -1 },
    { "5X", 1, -1 },
    { "5Gb", 1, -1 },
    { "-5", 1, -1 },
    { "92%", 1, -1 },
};

static void amounts_are_read(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < N_ELEMENTS(amounts); i++) {
        double number = -1;

        (void)amount_read(span_of(amounts[i].text), amounts[i].unit, &number);
        if (number != amounts[i].expected) {
            fail_msg("%s: %.0f", amounts[i].text, number);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

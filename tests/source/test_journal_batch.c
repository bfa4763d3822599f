#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "source/journal_batch.h"

static void fill(struct journal_batch *batch, position first, const int64_t *times_us, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        journal_batch_add(batch, first + (position)i, times_us[i], SPAN("message"));
    }
}

static void locates(void **state)
{
    struct journal_batch batch = { 0 };

    (void)state;
    journal_batch_add(&batch, 7, 0, SPAN("first"));
    journal_batch_add(&batch, 9, 0, SPAN(""));
    journal_batch_add(&batch, 10, 0, SPAN("third"));
    assert_true(span_is(buf_span(&batch.text), "first\n\nthird\n"));
    assert_int_equal(journal_batch_locate(&batch, 0), 7);
    assert_int_equal(journal_batch_locate(&batch, 5), 7);
    assert_int_equal(journal_batch_locate(&batch, 6), 9);
    assert_int_equal(journal_batch_locate(&batch, 7), 10);
    assert_int_equal(journal_batch_locate(&batch, 12), 10);
    journal_batch_done(&batch);
}

/* What was written just before the end waits once; when nothing new came, it is handed out. */
static void holds_back(void **state)
{
    static const int64_t times_us[] = { 1000000, 5000000, 5100000 };
    struct journal_batch batch = { 0 };

    (void)state;
    fill(&batch, 3, times_us, 3);
    assert_int_equal(journal_batch_hold_back(&batch), 4);
    assert_true(batch.holding);
    assert_int_equal(batch.offsets.n, 1);
    assert_true(span_is(buf_span(&batch.text), "message\n"));

    journal_batch_clear(&batch);
    fill(&batch, 4, times_us + 1, 2);
    assert_int_equal(journal_batch_hold_back(&batch), -1);
    assert_false(batch.holding);
    assert_int_equal(batch.offsets.n, 2);

    journal_batch_clear(&batch);
    assert_int_equal(journal_batch_hold_back(&batch), -1);
    assert_false(batch.holding);
    journal_batch_done(&batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(locates),
        cmocka_unit_test(holds_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What all parts of the text report share. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/text_report.h"

static void test_position(void **state)
{
    const struct report_input inputs[] = { { .name = SPAN("logs/a/kubelet.log") },
                                           { .name = SPAN("logs/b.tar") } };
    const struct report report = { .inputs = inputs, .n_inputs = N_ELEMENTS(inputs) };
    const struct render_options options = { 0 };
    const struct {
        struct origin origin;
        const char *expected;
    } cases[] = {
        { { .input = 0, .line = 8 }, "a/kubelet.log:8" },
        { { .input = 1, .line = 8, .member = SPAN("var/log/messages") },
          "b.tar!var/log/messages:8" },
        { { .input = UINT32_MAX, .line = 11, .member = SPAN("logs/fstab") }, "fstab:11" },
        { { .input = 1 }, "b.tar" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(buf_done_at) struct buf out = { 0 };
        struct text_report text = text_report_of(&report, &options, &out);

        text_add_position(&text, &out, &cases[i].origin);
        assert_string_equal(out.data, cases[i].expected);
    }
}

static void test_message(void **state)
{
    CLEANUP(buf_done_at) struct buf out = { 0 };
    const struct report report = { 0 };
    const struct render_options options = { 0 };
    struct text_report text = text_report_of(&report, &options, &out);

    (void)state;
    text_add_message(&text, SPAN(" UUID=d36f  none\tswap\n sw 0 0 "));
    assert_string_equal(out.data, "      UUID=d36f none swap sw 0 0\n");
}

static void test_words(void **state)
{
    CLEANUP(buf_done_at) struct buf out = { 0 };

    (void)state;
    text_add_upper(&out, "critical");
    buf_add_byte(&out, ' ');
    text_add_count(&out, 1, "entry", "entries");
    buf_add_byte(&out, ' ');
    text_add_count(&out, 2, "entry", "entries");
    assert_string_equal(out.data, "CRITICAL 1 entry 2 entries");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_position),
        cmocka_unit_test(test_message),
        cmocka_unit_test(test_words),
    };

    return cmocka_run_group_tests(tests, /* setup= */ NULL, /* teardown= */ NULL);
}

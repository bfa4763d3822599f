/* Wrapping, shortening, and what a terminal must not see. */

#include "render/writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_paragraph(void **state)
{
    static const struct {
        int columns, indent;
        const char *label, *text, *expected;
    } cases[] = {
        { 0, 4, "", "one two three four five six", "    one two three four five six\n" },
        { 12, 4, "", "one two three", "    one two\n    three\n" },
        { 12, 4, "why", "one two", "why one two\n" },
        { 12, 4, "long label", "one", "long label\n    one\n" },
        { 8, 2, "", "averylongword b", "  averylongword\n  b\n" },
        { 20, 0, "", "bell \a and \x1b[31m", "bell \\x07 and\n\\x1b[31m\n" },
        { 3, 8, "", "narrow writer", "        narrow writer\n" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(buf_done_at) struct buf out = { 0 };
        struct writer writer = { .out = &out, .columns = cases[i].columns };

        writer_paragraph(&writer, cases[i].indent, cases[i].label, span_of(cases[i].text));
        assert_string_equal(out.data, cases[i].expected);
    }
}

static void test_shortened(void **state)
{
    static const struct {
        size_t columns;
        const char *text, *expected;
    } cases[] = {
        { 10, "0123456789", "0123456789" },
        { 9, "0123456789",
          "012345\xe2\x80\xa6"
          "89" },
        { 4, "0123456789",
          "01\xe2\x80\xa6"
          "9" },
        { 1, "0123456789", "\xe2\x80\xa6" },
        { 0, "0123456789", "" },
        { 7, "\xe6\x96\x87\xe4\xbb\xb6\xe7\xb3\xbb\xe7\xbb\x9f", /* four wide characters */
          "\xe6\x96\x87\xe4\xbb\xb6\xe2\x80\xa6\xe7\xbb\x9f" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(buf_done_at) struct buf out = { 0 };

        writer_add_shortened(&out, span_of(cases[i].text), cases[i].columns);
        assert_string_equal(out.data ? out.data : "", cases[i].expected);
    }
}

static void test_command_is_never_wrapped(void **state)
{
    CLEANUP(buf_done_at) struct buf out = { 0 };
    struct writer writer = { .out = &out, .columns = 10 };

    (void)state;
    writer_command(&writer, 2, SPAN("systemctl restart kubelet"));
    assert_string_equal(out.data, "  systemctl restart kubelet\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paragraph),
        cmocka_unit_test(test_shortened),
        cmocka_unit_test(test_command_is_never_wrapped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "base/utf8.h"

#include "base/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void characters(void **state)
{
    static const struct {
        const char *text;
        size_t size; /* 0: invalid */
    } rows[] = {
        { "a", 1 },
        { "\xc3\xa9", 2 },
        { "\xe6\x9c\x88", 3 },
        { "\xf0\x9f\x98\x80", 4 },
        { "\xf4\x8f\xbf\xbf", 4 },
        { "\xf4\x90\x80\x80", 0 }, /* beyond U+10FFFF */
        { "\xed\xa0\x80", 0 },     /* a surrogate */
        { "\xc0\x80", 0 },         /* overlong */
        { "\xe0\x80\x80", 0 },
        { "\xf0\x80\x80\x80", 0 },
        { "\xc3", 0 },
        { "\xe6\x9c", 0 },
        { "\x80", 0 },
        { "\xff", 0 },
        { "", 0 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        assert_int_equal(utf8_character(span_of(rows[i].text)), rows[i].size);
    }
    assert_true(utf8_valid(SPAN("")));
    assert_false(utf8_valid(SPAN("a\xff")));
}

static void making_harmless(void **state)
{
    CLEANUP(buf_done_at) struct buf clean = { 0 };
    CLEANUP(buf_done_at) struct buf visible = { 0 };

    (void)state;
    utf8_add_clean(&clean, SPAN("a\xff\xc3z"));
    assert_string_equal(clean.data, "a\xef\xbf\xbd\xef\xbf\xbdz");
    utf8_add_visible(&visible, SPAN("a\x1b[31m\tb\n\xe2\x80\xae\xff\x7f\xc2\x9b\xc3\xa9"));
    assert_string_equal(visible.data, "a\\x1b[31m b \\u202e\\xff\\x7f\\x9b\xc3\xa9");
}

static void columns(void **state)
{
    (void)state;
    assert_int_equal(utf8_columns(SPAN("")), 0);
    assert_int_equal(utf8_columns(SPAN("abc")), 3);
    assert_int_equal(utf8_columns(SPAN("10\xe6\x9c\x88")), 4);
    assert_int_equal(utf8_columns(SPAN("\xc3\xa9\xff")), 2);
    for (size_t i = 0; i <= 20;
         i++) { /* a wide character after so many others, and before the rest */
        char text[] = "01234567890123456789~~~";

        memmove(text + i + 3, text + i, 20 - i);
        memcpy(text + i, "\xe6\x9c\x88", 3);
        assert_int_equal(utf8_columns(span_of(text)), 22);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters),
        cmocka_unit_test(making_harmless),
        cmocka_unit_test(columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

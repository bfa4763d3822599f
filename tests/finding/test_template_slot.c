/* Places between braces. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "finding/template_slot.h"

static void test_parse(void **state)
{
    static const struct {
        const char *text, *name, *rest; /* name NULL: malformed */
        char separator;
    } cases[] = {
        { "{device} is active", "device", "", 0 },
        { "{swaps.device}", "swaps.device", "", 0 },
        { "{version|of an unknown version} x", "version", "of an unknown version", '|' },
        { "{swaps: {device} ({size})}", "swaps", "{device} ({size})", ':' },
        { "{device", NULL, NULL, 0 },
        { "{}", NULL, NULL, 0 },
        { "{a b}", NULL, NULL, 0 },
        { "{a:{b:{c:{d:{e}}}}}", NULL, NULL, 0 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        struct template_slot slot = template_slot_parse(span_of(cases[i].text));

        assert_int_equal(slot.size == 0, cases[i].name == NULL);
        if (cases[i].name) {
            assert_true(span_is(slot.name, cases[i].name));
            assert_true(span_is(slot.text, cases[i].rest));
            assert_int_equal(slot.separator, cases[i].separator);
        }
    }
}

static void test_begins(void **state)
{
    (void)state;
    assert_true(template_slot_begins(SPAN("{a}")));
    assert_false(template_slot_begins(SPAN("{{a}")));
    assert_false(template_slot_begins(SPAN("a{b}")));
    assert_false(template_slot_begins(SPAN("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_begins),
    };

    return cmocka_run_group_tests(tests, /* setup= */ NULL, /* teardown= */ NULL);
}

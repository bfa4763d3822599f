/* Names of units as people type them. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "source/unit_name.h"

static void test_names(void **state)
{
    static const struct {
        const char *typed, *unit;
        bool glob;
    } rows[] = {
        { "kubelet", "kubelet.service", false },
        { "kubelet.service", "kubelet.service", false },
        { "kubepods.slice", "kubepods.slice", false },
        { "run-user-0.mount", "run-user-0.mount", false },
        { "snap.microk8s.daemon-kubelite", "snap.microk8s.daemon-kubelite.service", false },
        { "getty@tty1", "getty@tty1.service", false },
        { ".service", ".service.service", false }, /* a suffix alone is no unit */
        { "", ".service", false },
        { "kube*", "kube*", true },
        { "kube?et.service", "kube?et.service", true },
        { "[kc]*", "[kc]*", true },
    };
    struct arena *arena CLEANUP(arena_free_at) = arena_new();

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        assert_string_equal(unit_name_complete(rows[i].typed, arena), rows[i].unit);
        assert_int_equal(unit_name_is_glob(rows[i].typed), rows[i].glob);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_names) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

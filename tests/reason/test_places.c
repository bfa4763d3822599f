/* Which node an input is of: the name in it, else its folder. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "reason/places.h"

enum {
    MOST = 4
};

struct case_input {
    const char *path, *host;
    const char *expected; /* NULL: no more inputs */
};

static void test_places(void **state)
{
    static const struct case_input cases[][MOST] = {
        /* the name decides, wherever the file is */
        { { "a/log", "a", "a" }, { "a/fstab", "b", "b" } },
        /* the nearest folder whose inputs name a node */
        { { "x/a.log", "a", "a" }, { "y/b.log", "b", "b" }, { "y/etc/fstab", "", "b" } },
        { { "a.log", "a", "a" }, { "b.log", "b", "b" }, { "fstab", "", "" } },
        { { "logs/a.log", "a", "a" }, { "etc/fstab", "", "a" } },
        { { "a/x", "", "" }, { "b/fstab", "", "" } },
        /* folders with the names of nodes */
        { { "t/a/log", "a.example.org", "a.example.org" }, { "t/b/etc/fstab", "", "b" } },
        { { "a/log", "a", "a" }, { "etc/fstab", "", "a" }, { "./a/./etc/fstab", "", "a" } },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();
        struct report_input inputs[MOST] = { 0 };
        struct report report = { .inputs = inputs };
        const struct span *hosts;

        for (; report.n_inputs < MOST && cases[i][report.n_inputs].path; report.n_inputs++) {
            const struct case_input *place = &cases[i][report.n_inputs];

            inputs[report.n_inputs] = (struct report_input){
                .name = span_of(place->path),
                .host = span_of(place->host),
                .is_state = span_ends(span_of(place->path), SPAN("fstab")),
            };
        }
        hosts = places_find(&report, /* names= */ NULL, arena);
        for (size_t k = 0; k < report.n_inputs; k++) {
            if (!span_is(hosts[k], cases[i][k].expected)) {
                fail_msg("%s: '%.*s', not '%s'", cases[i][k].path, (int)hosts[k].size,
                         hosts[k].data, cases[i][k].expected);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),
    };

    return cmocka_run_group_tests(tests, /* setup= */ NULL, /* teardown= */ NULL);
}

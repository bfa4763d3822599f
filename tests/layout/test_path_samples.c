/* Paths that a glob matches: the glob matches each of them. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "layout/path_samples.h"

static void test_matches(void **state)
{
    static const struct {
        const char *glob;
        enum path_glob_kind kind;
        size_t n;
    } rows[] = {
        { "a/b", PATH_GLOB_WHOLE, 1 },
        { "a/b", PATH_GLOB_ROTATED, 3 },
        { "a/", PATH_GLOB_WHOLE, 2 },
        { "a*", PATH_GLOB_WHOLE, 3 },
        { "**/a?", PATH_GLOB_WHOLE, 6 },
        { "a{b,{c,d}e,}f", PATH_GLOB_WHOLE, 4 },
        { "[a-c]x", PATH_GLOB_WHOLE, 2 },
        { "nodes/<node>/<node>.log", PATH_GLOB_ROTATED, 3 },
        { "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", PATH_GLOB_WHOLE, PATH_SAMPLES },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();
        CLEANUP(path_glob_free_at) struct path_glob *glob = NULL;
        struct path_samples samples = path_samples_of(span_of(rows[i].glob), rows[i].kind, arena);
        struct path_match match;

        assert_int_equal(path_glob_compile(span_of(rows[i].glob), rows[i].kind, &glob, NULL), 0);
        if (samples.n != rows[i].n) {
            fail_msg("%s: %zu", rows[i].glob, samples.n);
        }
        for (size_t k = 0; k < samples.n; k++) {
            if (!path_glob_matches(glob, span_of(samples.items[k]), &match)) {
                fail_msg("%s: %s", rows[i].glob, samples.items[k]);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_matches) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "base/arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void gives_zeroed_aligned_memory(void **state)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();

    (void)state;
    for (int round = 0; round < 3; round++) {
        for (size_t size = 0; size < 100000; size = size * 3 + 1) {
            unsigned char *p = arena_alloc(arena, size);

            assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++) {
                assert_int_equal(p[i], 0);
            }
            memset(p, 0xff, size);
        }
        assert_true(arena_size(arena) > 0);
        arena_clear(arena);
        assert_int_equal(arena_size(arena), 0);
    }
}

static void copies(void **state)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct span copy = arena_copy(arena, SPAN("a\0b"));

    (void)state;
    assert_int_equal(copy.size, 3);
    assert_memory_equal(copy.data, "a\0b", 4);
    assert_string_equal(arena_string(arena, SPAN("text")), "text");
    assert_string_equal(arena_string(arena, (struct span){ 0 }), "");
    assert_string_equal(arena_printf(arena, "%s %d", "x", 7), "x 7");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_zeroed_aligned_memory),
        cmocka_unit_test(copies),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

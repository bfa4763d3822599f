#include "match/word_map.h"

#include "base/vec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct place {
    uint32_t number;
    ptrdiff_t start;
};

struct places {
    VEC(struct place) items;
};

static void note(void *data, uint32_t number, ptrdiff_t start)
{
    struct places *places = data;

    vec_push(&places->items, (struct place){ number, start });
}

static struct word_map *make_map(void)
{
    struct word_map *map = word_map_new();

    word_map_add(map, SPAN("Failed to start cAdvisor"), 0);
    word_map_add(map, SPAN("no space left on device"), 1);
    word_map_add(map, SPAN("OOM-k"), 2);
    word_map_add(map, SPAN("\xff\xfe\0\x01\x02"), 3);
    word_map_build(map);
    return map;
}

/* The words of a text are the same one by one and eight at once. */
static void test_plain(void **state)
{
    static const char text[] =
        "x Failed to start cAdvisor: no space left on device: oom-k \xff\xfe\0\x01"
        "\x02 OOM-k";
    struct word_map *fast = make_map(), *plain = make_map();

    (void)state;
    word_map_use_plain(plain);
    for (size_t from = 0; from < sizeof(text); from++) {
        struct span rest = span_skip((struct span){ text, sizeof(text) - 1 }, from);
        struct places a = { 0 }, b = { 0 };

        word_map_scan(fast, rest, note, &a);
        word_map_scan(plain, rest, note, &b);
        assert_int_equal(a.items.n, b.items.n);
        assert_true(from > 0 || a.items.n >= 5);
        for (size_t i = 0; i < a.items.n; i++) {
            assert_int_equal(a.items.items[i].number, b.items.items[i].number);
            assert_int_equal(a.items.items[i].start, b.items.items[i].start);
        }
        vec_free(&a.items);
        vec_free(&b.items);
    }
    word_map_free(fast);
    word_map_free(plain);
    word_map_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

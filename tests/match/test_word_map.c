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

static struct word_map *make_map(bool caseless)
{
    CLEANUP(commonness_free_at) struct commonness *common = commonness_new();
    struct word_map *map = word_map_new();

    word_map_add(map, SPAN("Failed to start cAdvisor"), false, 0);
    word_map_add(map, SPAN("no space left on device"), false, 1);
    word_map_add(map, SPAN("OOM-kill"), caseless, 2);
    word_map_add(map, SPAN("\xff\xfe\0\x01\x02\x03\x04"), false, 3);
    word_map_build(map, common);
    return map;
}

static const char text[] =
    "x Failed to start cAdvisor: no space left on device: oom-kill \xff\xfe\0\x01"
    "\x02\x03\x04 OOM-kill";

static bool has(const struct places *places, uint32_t number, ptrdiff_t start)
{
    for (size_t i = 0; i < places->items.n; i++) {
        if (places->items.items[i].number == number && places->items.items[i].start == start) {
            return true;
        }
    }
    return false;
}

/* The words of a text are the same one by one and eight at once. */
static void check_plain(bool caseless)
{
    struct word_map *fast = make_map(caseless), *plain = make_map(caseless);

    word_map_use_plain(plain);
    for (size_t from = 0; from < sizeof(text); from++) {
        struct span rest = span_skip((struct span){ text, sizeof(text) - 1 }, from);
        struct places a = { 0 }, b = { 0 };

        word_map_scan(fast, rest, note, &a);
        word_map_scan(plain, rest, note, &b);
        assert_int_equal(a.items.n, b.items.n);
        for (size_t i = 0; i < a.items.n; i++) {
            assert_int_equal(a.items.items[i].number, b.items.items[i].number);
            assert_int_equal(a.items.items[i].start, b.items.items[i].start);
        }
        vec_free(&a.items);
        vec_free(&b.items);
    }
    word_map_free(fast);
    word_map_free(plain);
}

static void test_plain(void **state)
{
    (void)state;
    check_plain(false);
    check_plain(true);
    word_map_free(NULL);
}

/* Wherever the text begins, so for each remainder. */
static void test_places(void **state)
{
    struct span all = { text, sizeof(text) - 1 };

    (void)state;
    for (int caseless = 0; caseless < 2; caseless++) {
        struct word_map *map = make_map(caseless);

        for (ptrdiff_t from = 0; from <= 2; from++) {
            struct places places = { 0 };

            word_map_scan(map, span_skip(all, (size_t)from), note, &places);
            assert_true(has(&places, 0, 2 - from));
            assert_true(has(&places, 1, 28 - from));
            assert_true(!caseless || has(&places, 2, 53 - from));
            assert_true(has(&places, 2, 70 - from));
            assert_true(has(&places, 3, 62 - from));
            vec_free(&places.items);
        }
        word_map_free(map);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

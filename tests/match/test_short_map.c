#include "match/short_map.h"

#include "base/vec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <strings.h>

#include <cmocka.h>

static const struct {
    const char *text;
    bool caseless;
} literals[] = {
    { "F010", false },  { "F123", false }, { "hpsa", false },     { "Oops:", true },
    { ": EOF", false }, { "%", false },    { "\xc3\xa9", false }, { "file  ", false },
};

static const char text[] = "F0102 15:59 hpsa at 99% xF1234 oops: x: EOF OOPS:%\xc3\xa9 "
                           "swapfile   file  1: eof HPSA f010 F01\0F010";

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

static struct short_map *make_map(void)
{
    CLEANUP(commonness_free_at) struct commonness *common = commonness_new();
    struct short_map *map = short_map_new();

    for (size_t i = 0; i < N_ELEMENTS(literals); i++) {
        short_map_add(map, span_of(literals[i].text), literals[i].caseless, (uint32_t)i);
    }
    short_map_build(map, common);
    return map;
}

static bool is_at(struct span rest, size_t at, size_t number)
{
    struct span literal = span_of(literals[number].text);

    rest = span_skip(rest, at);
    if (rest.size < literal.size) {
        return false;
    }
    return literals[number].caseless ? strncasecmp(rest.data, literal.data, literal.size) == 0
                                     : span_starts(rest, literal);
}

static bool has(const struct places *places, size_t number, size_t start)
{
    for (size_t i = 0; i < places->items.n; i++) {
        if (places->items.items[i].number == number &&
            places->items.items[i].start == (ptrdiff_t)start) {
            return true;
        }
    }
    return false;
}

/* Every place where a literal is, wherever the text begins and ends, and the same places one by one. */
static void check(const struct short_map *fast, const struct short_map *plain, struct span rest)
{
    struct places a = { 0 }, b = { 0 };

    short_map_scan(fast, rest, note, &a);
    short_map_scan(plain, rest, note, &b);
    assert_int_equal(a.items.n, b.items.n);
    for (size_t i = 0; i < a.items.n; i++) {
        assert_int_equal(a.items.items[i].number, b.items.items[i].number);
        assert_int_equal(a.items.items[i].start, b.items.items[i].start);
    }
    for (size_t at = 0; at < rest.size; at++) {
        for (size_t number = 0; number < N_ELEMENTS(literals); number++) {
            assert_true(!is_at(rest, at, number) || has(&a, number, at));
        }
    }
    vec_free(&a.items);
    vec_free(&b.items);
}

static void test_places(void **state)
{
    struct short_map *fast = make_map(), *plain = make_map();
    struct span all = { text, sizeof(text) - 1 };

    (void)state;
    short_map_use_plain(plain);
    for (size_t from = 0; from < all.size; from++) {
        check(fast, plain, span_skip(all, from));
        check(fast, plain, span_head(all, from));
    }
    short_map_free(fast);
    short_map_free(plain);
    short_map_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

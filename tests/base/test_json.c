#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/limits.h"

#include <errno.h>

static void test_read(void **state)
{
    static const struct {
        const char *text;
        int r;
    } rows[] = {
        { "{\"a\":[1,{}]}", 0 },  { " 7 ", 0 },
        { "\"a\\u0000b\"", 0 },   { "", -EBADMSG },
        { "{", -EBADMSG },        { "{} {}", -EBADMSG },
        { "{\"a\":}", -EBADMSG }, { "nul", -EBADMSG },
        { "\"a\nb\"", -EBADMSG }, { "\"\xff\"", -EBADMSG },
        { "[1e999]", -EBADMSG },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(json_free_at) json_t *json = NULL;

        assert_int_equal(json_read(span_of(rows[i].text), &json), rows[i].r);
        assert_true((json != NULL) == (rows[i].r == 0));
    }
}

static void test_depth(void **state)
{
    char text[2 * LIMIT_JSON_DEPTH + 2];

    (void)state;
    for (size_t depth = LIMIT_JSON_DEPTH; depth <= LIMIT_JSON_DEPTH + 1; depth++) {
        CLEANUP(json_free_at) json_t *json = NULL;

        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        assert_int_equal(json_read((struct span){ text, 2 * depth }, &json),
                         depth <= LIMIT_JSON_DEPTH ? 0 : -EBADMSG);
    }
}

static void test_extent(void **state)
{
    static const struct {
        const char *text;
        ptrdiff_t extent;
    } rows[] = {
        { "{}", 2 },
        { "[{}]x", 4 },
        { "{\"}\":1}\n", 7 },
        { "{\"\\\"}\":1}", 9 },
        { "{", 0 },
        { "{\"a", 0 },
        { "", 0 },
        { "{\n \"a\": {\n }\n}", 14 },
        { "x", -EBADMSG },
        { "\"a\"", -EBADMSG },
        { "{\"a\n", 0 },
        { "{\"a\nb", -EBADMSG },
        { "{\n{", -EBADMSG },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        assert_int_equal(json_extent(span_of(rows[i].text)), rows[i].extent);
    }
}

static void test_text(void **state)
{
    static const struct {
        const char *key, *text;
    } rows[] = {
        { "string", "a" },  { "integer", "-7" },  { "real", "0.5" },
        { "true", "true" }, { "false", "false" }, { "null", "" },
        { "array", "" },    { "object", "" },     { "none", "" },
    };
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    CLEANUP(json_free_at) json_t *json = NULL;

    (void)state;
    assert_int_equal(
        json_read(SPAN("{\"string\":\"a\",\"integer\":-7,\"real\":0.5,\"true\":true,\"false\":"
                       "false,\"null\":null,\"array\":[1],\"object\":{\"a\":1}}"),
                  &json),
        0);
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        assert_true(span_is(json_member(json, rows[i].key, arena), rows[i].text));
    }
    assert_true(span_empty(json_member(NULL, "a", arena)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_extent),
        cmocka_unit_test(test_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

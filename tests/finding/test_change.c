/* The ids of findings. */

#include "finding/change.h"

#include "base/cleanup.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct span keys[] = { { "pod", 3 }, { "mount", 5 } };
static const struct rule rule = { .id = "a/b", .key = keys, .n_key = 2 };
static const struct rule plain_rule = { .id = "a/c" };

/* Lists findings on one node. */
static size_t list(const char *host, const struct finding *findings, size_t n, struct arena *arena,
                   const struct change **ret)
{
    struct node node = { .host = span_of(host), .findings = findings, .n_findings = n };
    struct report report = { .nodes = &node, .n_nodes = 1 };

    return change_list(&report, arena, ret);
}

static void check_id(const char *host, const struct finding *finding, const char *id)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    const struct change *changes;

    assert_int_equal(list(host, finding, 1, arena, &changes), 1);
    assert_int_equal(changes[0].kind, CHANGE_NONE);
    if (!span_equal(changes[0].id, span_of(id))) {
        fail_msg("%.*s instead of %s", (int)changes[0].id.size, changes[0].id.data, id);
    }
}

static void test_parts(void **state)
{
    static const struct fact values[] = { { .name = { "pod", 3 }, .text = { "p1", 2 } },
                                          { .name = { "pod", 3 }, .text = { "p2", 2 } } };
    static const struct finding_fact one = { { "pod", 3 }, .values = values, .n_values = 1 };
    static const struct finding_fact two = { { "pod", 3 }, .values = values, .n_values = 2 };
    struct span boot = { "77", 2 };

    (void)state;
    check_id("", &(struct finding){ .rule = &plain_rule }, "a/c");
    check_id("n1", &(struct finding){ .rule = &plain_rule }, "a/c@n1");
    check_id("n1", &(struct finding){ .rule = &plain_rule, .boot = boot }, "a/c@n1#77");
    check_id("n1", &(struct finding){ .rule = &rule, .facts = &one, .n_facts = 1 },
             "a/b@n1{pod=p1,mount=}");
    check_id("n1", &(struct finding){ .rule = &rule, .facts = &two, .n_facts = 1 },
             "a/b@n1{pod=*,mount=}");
}

static void test_same_id_twice(void **state)
{
    struct finding findings[] = { { .rule = &plain_rule }, { .rule = &plain_rule } };
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    const struct change *changes;

    (void)state;
    assert_int_equal(list("n1", findings, 2, arena, &changes), 2);
    assert_true(span_is(changes[0].id, "a/c@n1"));
    assert_true(span_is(changes[1].id, "a/c@n1'"));
}

/* Two long values that are no UTF-8, and differ only at their ends. */
static void test_long_and_hostile(void **state)
{
    static char texts[2][4096];
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct span ids[2];

    (void)state;
    memset(texts, '\xff', sizeof(texts));
    texts[1][sizeof(texts[1]) - 1] = 'x';
    for (int i = 0; i < 2; i++) {
        struct fact fact = { .name = keys[0], .text = { texts[i], sizeof(texts[i]) } };
        struct finding_fact pod = { .name = fact.name, .values = &fact, .n_values = 1 };
        struct finding finding = { .rule = &rule, .facts = &pod, .n_facts = 1 };
        const struct change *changes;

        assert_int_equal(list("n1", &finding, 1, arena, &changes), 1);
        ids[i] = changes[0].id;
        assert_true(ids[i].size < 1024);
        assert_true(utf8_valid(ids[i]));
    }
    assert_false(span_equal(ids[0], ids[1]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_same_id_twice),
        cmocka_unit_test(test_long_and_hostile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

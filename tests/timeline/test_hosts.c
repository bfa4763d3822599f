/* Which machine an event happened on. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "timeline/hosts.h"

enum {
    MOST = 4
};

static void test_assign(void **state)
{
    static const struct stream stream = { .name = "event" };
    static const struct streams streams = { &stream, 1 };
    static const struct {
        const char *hosts[MOST]; /* "!" before those that Kubernetes names; NULL: no more events */
        uint32_t nodes[MOST];
        const char *names[MOST];
        bool is_cluster;
    } cases[] = {
        { { "" }, { 0 }, { "" }, false },
        { { "node1", "" }, { 0, 0 }, { "node1" }, false },
        { { "node1", "node1.example.org" }, { 0, 0 }, { "node1" }, false },
        { { "node1", "node2", "" }, { 0, 1, 2 }, { "node1", "node2", "" }, false },
        { { "node1", "!ip-10-0-0-1" }, { 0, 0 }, { "node1" }, false },
        { { "node1", "!ip-10-0-0-1" }, { 0, 1 }, { "node1", "ip-10-0-0-1" }, true },
        { { "node1", "!" }, { 0, 1 }, { "node1", "" }, true },
        { { "!ip-10-0-0-1", "" }, { 0, 0 }, { "ip-10-0-0-1" }, false },
        { { "node1", "!node1", "!node2" }, { 0, 0, 1 }, { "node1", "node2" }, false },
        { { "pool-vmss00000A", "!pool-vmss00000a" }, { 0, 0 }, { "pool-vmss00000A" }, true },
        { { "n2", "pool-vmss00000A", "!pool-vmss00000a" },
          { 0, 1, 1 },
          { "n2", "pool-vmss00000A" },
          false },
        { { "node10", "node1" }, { 0, 1 }, { "node10", "node1" }, false },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();
        struct signal signals[MOST] = { 0 };
        struct event events[MOST] = { 0 };
        const struct span *names;
        size_t n = 0, n_names;

        for (; n < MOST && cases[i].hosts[n]; n++) {
            bool kubernetes = cases[i].hosts[n][0] == '!';

            signals[n].host = span_of(cases[i].hosts[n] + kubernetes);
            signals[n].streams = kubernetes ? 1 : 2;
            events[n].signal = &signals[n];
        }
        names = hosts_assign(events, n, &(struct origins){ .is_cluster = cases[i].is_cluster },
                             &streams, arena, &n_names);
        for (size_t k = 0; k < n; k++) {
            assert_int_equal(events[k].node, cases[i].nodes[k]);
        }
        for (size_t k = 0; k < n_names; k++) {
            assert_non_null(cases[i].names[k]);
            assert_true(span_is(names[k], cases[i].names[k]));
        }
        assert_true(n_names == MOST || !cases[i].names[n_names]);
    }
}

/* A folder has the address of its node, the node's object has its name. */
static void test_assign_by_address(void **state)
{
    static const struct stream stream = { .name = "event" };
    static const struct streams streams = { &stream, 1 };
    CLEANUP(node_names_free_at) struct node_names *known = node_names_new();
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    const struct signal signals[] = { { .host = SPAN("10.5.0.3"), .streams = 2 },
                                      { .host = SPAN("talos-w1"), .streams = 1 },
                                      { .host = SPAN("talos-w2"), .streams = 1 } };
    struct event events[] = { { .signal = &signals[0] },
                              { .signal = &signals[1] },
                              { .signal = &signals[2] } };
    const struct span *names;
    size_t n_names;

    (void)state;
    node_names_add(known, SPAN("10.5.0.3"), SPAN("talos-w1"));
    names = hosts_assign(events, N_ELEMENTS(events), &(struct origins){ .names = known }, &streams,
                         arena, &n_names);
    assert_int_equal(n_names, 2);
    assert_true(span_is(names[0], "talos-w1"));
    assert_true(span_is(names[1], "talos-w2"));
    assert_int_equal(events[0].node, 0);
    assert_int_equal(events[1].node, 0);
    assert_int_equal(events[2].node, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_assign),
        cmocka_unit_test(test_assign_by_address),
    };

    return cmocka_run_group_tests(tests, /* setup= */ NULL, /* teardown= */ NULL);
}

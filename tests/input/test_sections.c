#include "input/sections.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })

static const struct stream items[] = {
    { .name = "kubelet",
      .units = LIST("kubelet.service"),
      .headings = LIST("kubelet"),
      .paths = LIST("*/kubelet.log") },
    { .name = "coredns",
      .headings = LIST("coredns *", "coredns-*"),
      .paths = LIST("*pods/*_coredns*") },
};
static const struct streams streams = { items, 2 };

static position locate(void *owner, size_t offset)
{
    (void)owner;
    return (position)offset;
}

#define NODE        "Name:               n-1\nRoles:              worker\n"
#define LEASE(time) "Lease:\n  RenewTime:  Tue, 02 Jun 2026 " time " +0000\n"
#define READY(status, time)                                                                        \
    "  Ready   " status "   Tue, 02 Jun 2026 " time                                                \
    " +0000   Mon, 01 Jun 2026 08:00:00 +0000   KubeletReady   posting\n"

/* The place of the line `here` of the text. */
static struct component_place place_of(const char *text)
{
    struct sections sections = { .streams = &streams };
    ptrdiff_t at = span_find(span_of(text), SPAN("here"));
    struct component_place place;

    assert_true(at >= 0);
    sections_scan(&sections, &(struct batch){ .bytes = span_of(text), .locate = locate });
    place = sections_place(&sections, at);
    sections_done(&sections);
    return place;
}

static void holds_until_the_next(void **state)
{
    static const struct {
        const char *text;
        int path, heading, command;
    } rows[] = {
        { "here\n==> kubelet <==\n", -1, -1, -1 },
        { "==> kubelet <==\nhere\n", -1, 0, -1 },
        { "==> coredns [1fc3] <==\r\nx\nhere\n", -1, 1, -1 },
        { "==> kubelet <==\nx\n==> weather <==\nhere\n", -1, -1, -1 },
        { "==> /var/log/kubelet.log <==\nhere\n", 0, -1, -1 },
        { "=== kubelet ===\nhere\n", -1, 0, -1 },
        { "x ==> kubelet <==\nhere\n", -1, -1, -1 },
        { "==> kubelet\nhere\n", -1, -1, -1 },
        { "root@n:~# journalctl -xeu kubelet\nhere\n", -1, -1, 0 },
        { "$ sudo journalctl -u kubelet.service --no-pager\nhere\n", -1, -1, 0 },
        { "journalctl -u nginx\nhere\n", -1, -1, -1 },
        { "$ kubectl logs -n kube-system coredns-5dd5-x\nhere\n", -1, -1, 1 },
        { "$ journalctl -u kubelet\nx\n$ cat notes\nhere\n", -1, -1, -1 },
        { "cat /var/log/kubelet.log\nhere\n", -1, -1, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct component_place place = place_of(rows[i].text);

        assert_int_equal(place.path, rows[i].path);
        assert_int_equal(place.heading, rows[i].heading);
        assert_int_equal(place.command, rows[i].command);
    }
}

/* Seconds after 10:00:00 on 2 June 2026, and for how long: what the ages of events count from. */
static void knows_when_a_block_was_printed(void **state)
{
    static const struct {
        const char *text;
        int from_s, spread_s; /* -1: unknown */
    } rows[] = {
        { NODE READY("True", "10:00:10") "here\n", 10, 540 },
        { NODE READY("False", "10:00:10") "here\n", 10, 540 },
        { NODE LEASE("10:00:12") READY("True", "10:00:10") "here\n", 12, 60 },
        { NODE LEASE("09:00:12") READY("True", "10:00:10") "here\n", 10, 540 },
        { NODE LEASE("10:00:12") READY("Unknown", "10:00:10") "here\n", -1, 0 },
        { NODE "  NetworkUnavailable  False  Tue, 02 Jun 2026 10:00:10 +0000\nhere\n", -1, 0 },
        { NODE "here\n", -1, 0 },
        /* the next block of the same command, but not that of another one */
        { NODE READY("True", "10:00:10") NODE "here\n", 10, 550 },
        { NODE READY("True", "10:00:10") "$ kubectl describe node n-2\n" NODE "here\n", -1, 0 },
        { READY("True", "10:00:10") "here\n", -1, 0 },
    };
    const int64_t ten_us = INT64_C(1780394400) * USEC_PER_SEC;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct sections sections = { .streams = &streams };
        struct collected collected;

        sections_scan(&sections,
                      &(struct batch){ .bytes = span_of(rows[i].text), .locate = locate });
        collected = sections_collected(&sections, span_find(span_of(rows[i].text), SPAN("here")));
        sections_done(&sections);
        if (rows[i].from_s < 0) {
            assert_true(collected.from_us == TIME_UNKNOWN);
            continue;
        }
        assert_int_equal((collected.from_us - ten_us) / USEC_PER_SEC, rows[i].from_s);
        assert_int_equal(collected.spread_us / USEC_PER_SEC, rows[i].spread_s);
    }
}

static void knows_the_node_of_a_block(void **state)
{
    static const struct {
        const char *text, *node;
    } rows[] = {
        { "Name:               n-1\nRoles:              worker\nhere\n", "n-1" },
        { "  Name:               n-1.example\n  Roles:     <none>\n  here\n", "n-1.example" },
        { "Name:    n-1\nRoles:   a\nx\nName:    n-2\nRoles:   b\nhere\n", "n-2" },
        { "Name:         web-1\nNamespace:    default\nNode:         n-1/192.0.2.7\nhere\n",
          "n-1" },
        { "Name:         web-1\nNamespace:    default\nhere\n", "" },
        { "Name:         web-1\nLabels:       app=web\nNode:         n-1\nhere\n", "" },
        { "Name:    n-1\nRoles:   a\n==> dmesg <==\nhere\n", "" },
        { "Name: n-1\nRoles: a\nhere\n", "" },
        { "Name:    two words\nRoles:   a\nhere\n", "" },
        { "here\n", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct sections sections = { .streams = &streams };
        struct span text = span_of(rows[i].text);

        sections_scan(&sections, &(struct batch){ .bytes = text, .locate = locate });
        assert_true(span_is(sections_node(&sections, span_find(text, SPAN("here"))), rows[i].node));
        sections_done(&sections);
    }
}

static void holds_over_batches(void **state)
{
    static char large[2 * 1024 * 1024];
    struct batch batch = { .locate = locate };
    struct sections sections = { .streams = &streams };

    (void)state;
    memset(large, 'x', sizeof(large));
    batch.bytes = SPAN("==> kubelet <==\naaaa\n");
    sections_scan(&sections, &batch);
    batch.bytes = (struct span){ large, sizeof(large) };
    sections_scan(&sections, &batch);
    assert_int_equal(sections_place(&sections, sizeof(large)).heading, 0);

    /* Of a large text only the marks are searched. */
    memcpy(large + 1000, "\n==> coredns [1] <==\n", 21);
    memcpy(large + 2000, "\n$ journalctl -u kubelet\n", 25);
    sections_scan(&sections, &batch);
    assert_int_equal(sections_place(&sections, 3000).heading, 1);
    assert_int_equal(sections_place(&sections, 3000).command, COMPONENT_NONE);
    sections_done(&sections);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_until_the_next),
        cmocka_unit_test(knows_the_node_of_a_block),
        cmocka_unit_test(knows_when_a_block_was_printed),
        cmocka_unit_test(holds_over_batches),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

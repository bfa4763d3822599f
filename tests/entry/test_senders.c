#include "entry/senders.h"

#include "base/buf.h"
#include "base/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const names_a[] = { "kubelet*", NULL };
static const char *const units_a[] = { "kubelet.service", NULL };
static const char *const wrappers_a[] = { "dockerd", NULL };
static const char *const names_b[] = { "dockerd", NULL };
static const char *const mixed_b[] = { "k3s", NULL };

static const struct stream items[] = {
    { .name = "a", .identifiers = names_a, .units = units_a, .klog_wrappers = wrappers_a },
    { .name = "b", .identifiers = names_b, .all_in_one = mixed_b, .anonymous = true },
};

static const struct streams streams = { items, N_ELEMENTS(items) };

static struct entry make(const char *identifier, const char *unit, const char *file)
{
    struct entry entry = entry_empty();

    entry.identifier = span_of(identifier);
    entry.unit = span_of(unit);
    entry.klog.file = span_of(file);
    return entry;
}

/* The same answer the second time, when it is remembered. */
static void knows(void **state)
{
    static const struct {
        const char *identifier, *unit, *file;
        uint64_t streams;
        bool wraps;
        int wrapped;
        bool all_in_one;
    } rows[] = {
        { "kubelet", "", "", 1, false, -1, false },
        { "", "kubelet", "", 0, false, -1, false },
        { "", "kubelet.service", "", 1, false, -1, false },
        { "dockerd", "", "", 2, false, -1, false },
        { "dockerd", "", "server.go", 3, true, -1, false },
        { "dockerd", "kubelet.service", "server.go", 3, true, 0, false },
        { "k3s", "", "", 0, false, -1, true },
        { "3b19f2dc1f2b", "", "", 0, false, -1, true },
        { "", "", "", 2, false, -1, false },
    };
    CLEANUP(senders_free_at) struct senders *senders = senders_new(&streams);

    (void)state;
    for (size_t i = 0; i < 2 * N_ELEMENTS(rows); i++) {
        size_t row = i % N_ELEMENTS(rows);
        struct entry entry = make(rows[row].identifier, rows[row].unit, rows[row].file);
        const struct sender_traits *sender = senders_find(senders, &entry);

        assert_int_equal(sender->streams, rows[row].streams);
        assert_int_equal(sender->wraps, rows[row].wraps);
        assert_int_equal(sender->wrapped, rows[row].wrapped);
        assert_int_equal(sender->all_in_one, rows[row].all_in_one);
    }
}

static void asks_once(void **state)
{
    CLEANUP(senders_free_at) struct senders *senders = senders_new(&streams);
    struct entry entry = make("kubelet", "kubelet.service", "kubelet.go");

    (void)state;
    for (int i = 0; i < 1000; i++) {
        (void)senders_find(senders, &entry);
    }
    assert_int_equal(senders_n_asked(senders), 1);
}

/* Any number of senders, and names of any length. */
static void forgets(void **state)
{
    CLEANUP(senders_free_at) struct senders *senders = senders_new(&streams);

    (void)state;
    for (int i = 0; i < 1000; i++) {
        CLEANUP(buf_done_at) struct buf name = { 0 };
        struct entry entry;

        buf_printf(&name, "kubelet-%*d", i / 3, i);
        entry = make(name.data, "", "");
        assert_int_equal(senders_find(senders, &entry)->streams, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows),
        cmocka_unit_test(asks_once),
        cmocka_unit_test(forgets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

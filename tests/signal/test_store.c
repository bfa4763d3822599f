#include "signal/store.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/limits.h"
#include "base/vec.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A signal that says one fact, at that second (0: unknown) and line. */
static struct signal signal_at(const struct fact *fact, int64_t second, uint64_t line)
{
    return (struct signal){
        .rule = 1,
        .facts = fact,
        .n_facts = 1,
        .when = { .time_us = second ? second * USEC_PER_SEC : TIME_UNKNOWN,
                  .monotonic_us = TIME_UNKNOWN },
        .sequence = line,
        .origin = { .line = line },
        .host = SPAN("node-1"),
        .message = SPAN("Failed to start cAdvisor"),
        .pid = 1,
        .severity = SEVERITY_ERROR,
    };
}

static struct fact text_fact(const char *text)
{
    return (struct fact){ .name = SPAN("what"), .text = span_of(text) };
}

static void test_groups_and_counts(void **state)
{
    struct store *store = store_new();
    struct fact a = text_fact("a"), b = text_fact("b");
    struct signal signal;
    char message[] = "Failed to start cAdvisor";

    (void)state;
    for (uint64_t line = 1; line <= 100; line++) {
        signal = signal_at(line % 2 ? &a : &b, (int64_t)(1000 - line), line);
        signal.message = (struct span){ message, sizeof(message) - 1 };
        store_add(store, &signal);
    }
    memset(message, 'x', sizeof(message)); /* it was copied */
    assert_int_equal(store_n_groups(store), 2);
    assert_int_equal(store_group(store, 0)->count, 50);
    assert_int_equal(store_group(store, 0)->signal->sequence, 99); /* the earliest came last */
    assert_int_equal(store_group(store, 0)->last->sequence, 1);
    assert_true(span_is(store_group(store, 0)->signal->message, "Failed to start cAdvisor"));
    assert_true(span_is(signal_fact(store_group(store, 1)->signal, SPAN("what"))->text, "b"));
    assert_null(signal_fact(store_group(store, 1)->signal, SPAN("where")));
    assert_int_equal(store_n_occurrences(store), 100);
    assert_int_equal(store_dropped(store), 0);
    store_free(store);
}

/* All that makes a group, changed one by one; the second of each pair must not join the first. */
static void test_what_parts_groups(void **state)
{
    struct fact a = text_fact("a"), b = text_fact("b"), ab = text_fact("ab");
    struct fact two[] = { text_fact("a"), text_fact("b") };
    struct fact_row row = { .facts = &a, .n_facts = 1 };
    struct fact_table table = { .name = SPAN("rows"), .rows = &row, .n_rows = 1 };
    struct signal base = signal_at(&a, 1, 1), others[10];
    struct store *store = store_new();

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(others); i++) {
        others[i] = base;
    }
    others[0].rule = 2;
    others[1].signal = 1;
    others[2].host = SPAN("node-2");
    others[3].boot = SPAN("5b4f6a1c3d0e4b6b9a7d9d1f6f0f8a11");
    others[4].unit = SPAN("kubelet.service");
    others[5].facts = &b;
    others[6].facts = two;
    others[6].n_facts = 2;
    others[7].facts = &ab;
    others[8].tables = &table;
    others[8].n_tables = 1;
    others[9].unit_streams = 1;
    store_add(store, &base);
    for (size_t i = 0; i < N_ELEMENTS(others); i++) {
        store_add(store, &others[i]);
    }
    base.pid = 2; /* these do not part groups */
    base.message = SPAN("another");
    base.sequence = 9;
    base.stamp = SPAN("Jun 02 15:59:24");
    store_add(store, &base);
    assert_int_equal(store_n_groups(store), 1 + N_ELEMENTS(others));
    assert_int_equal(store_group(store, 0)->count, 2);
    assert_true(span_is(store_group(store, 9)->signal->tables[0].rows[0].facts[0].text, "a"));
    store_free(store);
}

/* Earlier first; each row against the next. */
static void test_order(void **state)
{
    static const struct signal rows[] = {
        { .when = { .time_us = 5, .monotonic_us = TIME_UNKNOWN }, .sequence = 9 },
        { .when = { .time_us = 6, .monotonic_us = 2 }, .sequence = 8 },
        { .when = { .time_us = 6, .monotonic_us = 3 }, .sequence = 7 },
        { .when = { .time_us = TIME_UNKNOWN, .monotonic_us = 0 }, .sequence = 6 },
        { .when = { .time_us = TIME_UNKNOWN, .monotonic_us = 1 }, .sequence = 5 },
        { .when = { .time_us = TIME_UNKNOWN, .monotonic_us = TIME_UNKNOWN }, .sequence = 1 },
        { .when = { .time_us = TIME_UNKNOWN, .monotonic_us = TIME_UNKNOWN }, .sequence = 2 },
        { .when = { .time_us = TIME_UNKNOWN, .monotonic_us = TIME_UNKNOWN },
          .origin = { .input = 1 },
          .sequence = 1 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        for (size_t j = 0; j < N_ELEMENTS(rows); j++) {
            assert_int_equal(signal_compare_time(&rows[i], &rows[j]), (i > j) - (i < j));
        }
    }
}

static uint64_t next_random(uint64_t *random)
{
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return *random;
}

static void shuffle(struct signal *signals, size_t n, uint64_t *random)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = next_random(random) % i;
        struct signal swap = signals[i - 1];

        signals[i - 1] = signals[j];
        signals[j] = swap;
    }
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All that a store keeps, as sorted text. */
static void describe(const struct store *store, struct buf *ret)
{
    VEC(char *) lines = { 0 };
    char line[200];

    for (size_t i = 0; i < store_n_groups(store); i++) {
        const struct signal_group *group = store_group(store, i);

        snprintf(line, sizeof(line), "%s %d %d..%d", group->signal->facts[0].text.data,
                 (int)group->count, (int)group->signal->sequence, (int)group->last->sequence);
        vec_push(&lines, alloc_string(line));
    }
    for (size_t i = 0; i < store_n_occurrences(store); i++) {
        const struct occurrence *seen = store_occurrence(store, i);

        snprintf(line, sizeof(line), "%s at %d%s, life %.*s",
                 store_group(store, seen->group)->signal->facts[0].text.data, (int)seen->sequence,
                 seen->whole ? " whole" : "", (int)seen->invocation.size,
                 seen->invocation.size ? seen->invocation.data : "");
        vec_push(&lines, alloc_string(line));
    }
    qsort(lines.items, lines.n, sizeof(*lines.items), compare_lines);
    for (size_t i = 0; i < lines.n; i++) {
        buf_printf(ret, "%s\n", lines.items[i]);
        free(lines.items[i]);
    }
    vec_free(&lines);
}

static void add_all(const struct signal *signals, size_t n, struct buf *ret)
{
    struct store *store = store_new();

    for (size_t i = 0; i < n; i++) {
        store_add(store, &signals[i]);
    }
    describe(store, ret);
    store_free(store);
}

/* What is kept of `n` signals is the same in any order of arrival. */
static void check_any_order(size_t n, unsigned seconds, int rounds)
{
    static const char *const words[] = { "a", "b", "c" };
    static const char *const lives[] = { "", "11f0", "22f0" };
    struct fact facts[] = { text_fact(words[0]), text_fact(words[1]), text_fact(words[2]) };
    struct signal *signals = alloc_zeroed(n, sizeof(*signals));
    struct buf expected = { 0 }, got = { 0 };
    uint64_t random = 0x2545f4914f6cdd1d;

    for (size_t i = 0; i < n; i++) {
        signals[i] = signal_at(&facts[next_random(&random) % 3],
                               (int64_t)(next_random(&random) % seconds), i + 1);
        signals[i].invocation = span_of(lives[next_random(&random) % 3]);
    }
    add_all(signals, n, &expected);
    for (int round = 0; round < rounds; round++) {
        shuffle(signals, n, &random);
        buf_clear(&got);
        add_all(signals, n, &got);
        assert_true(span_equal(buf_span(&got), buf_span(&expected)));
    }
    buf_done(&expected);
    buf_done(&got);
    free(signals);
}

static void test_any_order(void **state)
{
    (void)state;
    for (size_t n = 1; n < 100; n++) {
        check_any_order(n, /* seconds = */ 10, /* rounds = */ 10);
    }
    check_any_order(5000, /* seconds = */ 100000, /* rounds = */ 5);
}

static void test_any_order_beyond_the_limit(void **state)
{
    (void)state;
    check_any_order(LIMIT_OCCURRENCES + 1000, /* seconds = */ 1000, /* rounds = */ 1);
}

static void test_bounds(void **state)
{
    struct store *store = store_new();
    char word[32] = "";
    struct fact fact = { .name = SPAN("what") };
    struct signal signal;
    static char text[LIMIT_MESSAGE_BYTES * 2];

    (void)state;
    for (int i = 0; i < LIMIT_GROUPS + 7; i++) {
        fact.text = (struct span){ word, (size_t)snprintf(word, sizeof(word), "%d", i) };
        signal = signal_at(&fact, 1, 1);
        store_add(store, &signal);
    }
    assert_true(store_n_groups(store) <= LIMIT_GROUPS);
    assert_int_equal(store_n_groups(store) + store_dropped(store), LIMIT_GROUPS + 7);
    store_free(store);

    store = store_new();
    memset(text, 'x', sizeof(text));
    for (int i = 0; i < LIMIT_GROUPS * LIMIT_GROUP_WHOLE; i++) {
        fact.text = (struct span){ word, (size_t)snprintf(word, sizeof(word), "%d", i / 16) };
        signal = signal_at(&fact, i + 1, (uint64_t)i + 1);
        signal.message = (struct span){ text, sizeof(text) };
        store_add(store, &signal);
    }
    assert_int_equal(store_group(store, 0)->signal->message.size, LIMIT_MESSAGE_BYTES);
    assert_true(store_dropped(store) > 0); /* 2048 groups of 16 messages are 128 MiB */
    store_free(store);
}

static bool is_kept(const struct store *store, uint32_t rule, const char *text)
{
    for (size_t i = 0; i < store_n_groups(store); i++) {
        const struct signal *signal = store_group(store, i)->signal;

        if (signal->rule == rule && span_is(signal->facts[0].text, text)) {
            return true;
        }
    }
    return false;
}

/* A storm of one signal pushes out nothing of the others, and not its own first and newest. */
static void test_storm(void **state)
{
    struct store *store = store_new();
    char word[32] = "";
    struct fact fact = text_fact(word);

    (void)state;
    for (int i = 0; i < 4 * LIMIT_GROUPS; i++) {
        struct signal signal;

        (void)snprintf(word, sizeof(word), "%d", i);
        fact.text = span_of(word);
        signal = signal_at(&fact, i + 1, (uint64_t)i + 1);
        signal.rule = i % 1000 == 999 ? 2 : 1;
        store_add(store, &signal);
    }
    assert_true(store_n_groups(store) <= LIMIT_GROUPS);
    for (int i = 999; i < 4 * LIMIT_GROUPS; i += 1000) {
        (void)snprintf(word, sizeof(word), "%d", i);
        assert_true(is_kept(store, 2, word));
    }
    assert_true(is_kept(store, 1, "0"));
    assert_true(is_kept(store, 1, "100"));
    (void)snprintf(word, sizeof(word), "%d", 4 * LIMIT_GROUPS - 1);
    assert_true(is_kept(store, 1, word));
    assert_int_equal(store_n_groups(store) + store_dropped(store), 4 * LIMIT_GROUPS);
    store_free(store);
}

/* Long messages become fewer before a group is forgotten. */
static void test_long_messages(void **state)
{
    struct store *store = store_new();
    static char text[LIMIT_MESSAGE_BYTES];
    char word[32] = "";
    struct fact fact = text_fact(word);

    (void)state;
    memset(text, 'x', sizeof(text));
    for (int i = 0; i < 16 * 500; i++) {
        struct signal signal;

        (void)snprintf(word, sizeof(word), "%d", i / 16);
        fact.text = span_of(word);
        signal = signal_at(&fact, i + 1, (uint64_t)i + 1);
        signal.message = (struct span){ text, sizeof(text) };
        store_add(store, &signal);
    }
    assert_int_equal(store_n_groups(store), 500);
    assert_int_equal(store_dropped(store), 0);
    store_free(store);
}

/* Input without end: the older half goes, the newer keeps its counts and takes new signals. */
static void test_forgetting(void **state)
{
    struct store *store = store_new();
    char word[32] = "";
    struct fact fact = text_fact(word);
    struct signal signal;

    (void)state;
    for (int i = 0; i < 100; i++) {
        (void)snprintf(word, sizeof(word), "%d", i);
        for (int k = 0; k < 30; k++) {
            fact.text = span_of(word);
            signal = signal_at(&fact, 1000 + 100 * i + k, (uint64_t)(100 * i + k + 1));
            store_add(store, &signal);
        }
    }
    assert_false(store_is_filling(store));
    store_forget_older(store);
    assert_int_equal(store_n_groups(store), 50);
    assert_true(span_is(store_group(store, 0)->signal->facts[0].text, "50"));
    assert_int_equal(store_group(store, 49)->count, 30);
    assert_int_equal(store_n_occurrences(store), 50 * 30);
    store_add(store, &signal);
    assert_int_equal(store_group(store, 49)->count, 31);
    store_free(store);
}

/* In a full group each new signal pushes one out and may take its memory: none has the text of
 * another, whatever their sizes. */
static void test_texts_of_a_full_group(void **state)
{
    struct store *store = store_new();
    struct fact fact = text_fact("a");
    char text[600];
    size_t n_whole = 0;

    (void)state;
    for (size_t i = 1; i <= 500; i++) {
        size_t size = i * 7 % sizeof(text);
        struct signal signal = signal_at(&fact, (int64_t)(i % 3 ? 1000 + i : 1000 - i), i);

        memset(text, (char)('a' + i % 26), size);
        signal.message = (struct span){ text, size };
        store_add(store, &signal);
    }
    for (size_t i = 0; i < store_n_occurrences(store); i++) {
        const struct signal *whole = store_occurrence(store, i)->whole;

        for (size_t k = 0; whole && k < whole->message.size; k++) {
            assert_int_equal(whole->message.data[k], 'a' + whole->sequence % 26);
        }
        if (whole) {
            assert_int_equal(whole->message.size, whole->sequence * 7 % sizeof(text));
            assert_true(span_is(whole->facts[0].text, "a"));
            n_whole++;
        }
    }
    assert_int_equal(n_whole, 2 * LIMIT_GROUP_WHOLE);
    assert_int_equal(store_group(store, 0)->signal->sequence, 498);
    assert_int_equal(store_group(store, 0)->last->sequence, 500);
    store_free(store);
}

/* However much comes, there is room for what is new. */
static void test_endless(void **state)
{
    struct store *store = store_new();
    char word[32] = "";
    struct fact fact = text_fact(word);

    (void)state;
    for (int i = 0; i < 5 * LIMIT_GROUPS; i++) {
        struct signal signal;

        fact.text = (struct span){ word, (size_t)snprintf(word, sizeof(word), "%d", i) };
        signal = signal_at(&fact, i + 1, (uint64_t)i + 1);
        if (store_is_filling(store)) {
            store_forget_older(store);
        }
        store_add(store, &signal);
    }
    assert_int_equal(store_dropped(store), 0);
    assert_true(
        span_is(store_group(store, store_n_groups(store) - 1)->signal->facts[0].text, word));
    store_free(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups_and_counts),
        cmocka_unit_test(test_what_parts_groups),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_any_order),
        cmocka_unit_test(test_any_order_beyond_the_limit),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_storm),
        cmocka_unit_test(test_long_messages),
        cmocka_unit_test(test_texts_of_a_full_group),
        cmocka_unit_test(test_forgetting),
        cmocka_unit_test(test_endless),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

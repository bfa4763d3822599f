#include "format_test.h"

#include "format/joining.h"

/* Messages of processes; a record's position is its row. */
struct row {
    int64_t pid;
    const char *message;
};

struct rows {
    const struct row *items;
    position n;
    unsigned n_decoded;
};

static int decode(void *owner, position at, struct arena *arena, struct entry *ret)
{
    struct rows *rows = owner;

    (void)arena;
    if (at < 0 || at >= rows->n) {
        return 0;
    }
    *ret = entry_empty();
    ret->pid = rows->items[at].pid;
    ret->message = span_of(rows->items[at].message);
    rows->n_decoded++;
    return 1;
}

static int step(void *owner, position at, int direction, position *ret)
{
    const struct rows *rows = owner;

    *ret = at + direction;
    return *ret >= 0 && *ret < rows->n;
}

#define OPENER "I0407 22:06:29.503369     812 server.go:7] \"Config\" text=<"

static const struct row forwards[] = {
    { 7, OPENER },
    { 7, "\tfirst" },
    { 8, "I0407 22:06:29.503369     813 other.go:1] in between" },
    { 7, "\tsecond" },
    { 7, " >" },
    { 7, "I0407 22:06:30.000000     812 server.go:8] next" },
    { 7, "\tof nobody" },
};

static const struct row backwards[] = {
    { 7, " >" },
    { 7, "\tsecond" },
    { 7, "\tfirst" },
    { 7, OPENER },
};

static void init(struct joining *joining, struct rows *rows, bool newest_first)
{
    struct batch records = { .owner = rows, .decode = decode, .step = step };

    joining_init(joining, &records);
    joining->records.newest_first = newest_first;
}

static void check_joined(struct rows *rows, bool newest_first, position opener)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct joining joining = { 0 };
    struct entry entry;

    init(&joining, rows, newest_first);
    assert_int_equal(decode(rows, opener, arena, &entry), 1);
    joining_complete(&joining, opener, arena, &entry);
    assert_true(span_is(entry.message, OPENER "\n\tfirst\n\tsecond\n >"));
    joining_done(&joining);
}

static void completes(void **state)
{
    struct rows in_order = { forwards, N_ELEMENTS(forwards), 0 };
    struct rows in_reverse = { backwards, N_ELEMENTS(backwards), 0 };

    (void)state;
    check_joined(&in_order, false, 0);
    check_joined(&in_reverse, true, 3);
    check_joined(&in_reverse, false, 3); /* the other direction is tried, too */
}

static void leaves_others(void **state)
{
    struct rows rows = { forwards, N_ELEMENTS(forwards), 0 };
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct joining joining = { 0 };
    struct entry entry;

    (void)state;
    init(&joining, &rows, false);
    assert_int_equal(decode(&rows, 5, arena, &entry), 1);
    joining_complete(&joining, 5, arena, &entry);
    assert_true(span_is(entry.message, forwards[5].message));
    joining_done(&joining);
}

static void locates(void **state)
{
    static const position owners[] = { 0, 0, 2, 0, 0, 5, 6 };
    struct rows rows = { forwards, N_ELEMENTS(forwards), 0 };
    struct joining joining = { 0 };
    unsigned n_decoded;

    (void)state;
    init(&joining, &rows, false);
    for (position at = 0; at < rows.n; at++) {
        assert_int_equal(joining_locate(&joining, at), owners[at]);
    }
    n_decoded = rows.n_decoded;
    assert_int_equal(joining_locate(&joining, 6), 6);
    assert_int_equal(rows.n_decoded, n_decoded); /* the same record again costs nothing */
    joining_done(&joining);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(completes),
        cmocka_unit_test(leaves_others),
        cmocka_unit_test(locates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

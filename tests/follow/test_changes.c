/* Two reports, one after the other, and the changes between them. */

#include "follow/changes.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct span keys[] = { { "pod", 3 } };
static const struct rule rule_a = { .id = "a", .severity = RULE_ERROR };
static const struct rule rule_b = { .id = "b", .severity = RULE_ERROR, .key = keys, .n_key = 1 };

static const struct fact pods[] = {
    { .name = { "pod", 3 }, .text = { "p1", 2 } },
    { .name = { "pod", 3 }, .text = { "p2", 2 } },
};
static const struct finding_fact facts[] = {
    ['1'] = { .name = { "pod", 3 }, .values = &pods[0], .n_values = 1 },
    ['2'] = { .name = { "pod", 3 }, .values = &pods[1], .n_values = 1 },
    ['*'] = { .name = { "pod", 3 }, .values = pods, .n_values = 2 },
};

/* A finding in short: of rule `a`, or of rule `b` with pod `1`, `2`, or both. */
struct brief {
    const char *rule;
    enum finding_role role;
    enum finding_confidence confidence;
    enum finding_status status;
    uint64_t count; /* 0: once */
    struct span boot;
};

static struct finding finding_of(const struct brief *brief)
{
    bool is_a = brief->rule[0] == 'a';

    return (struct finding){
        .rule = is_a ? &rule_a : &rule_b,
        .role = brief->role,
        .confidence = brief->confidence,
        .status = brief->status,
        .count = brief->count ? brief->count : 1,
        .boot = brief->boot,
        .facts = is_a ? NULL : &facts[(unsigned char)brief->rule[1]],
        .n_facts = !is_a,
    };
}

/* The changes that a report of so many findings on one node brings. */
static size_t find_in(struct changes *changes, const struct finding *findings, size_t n_findings,
                      struct buf *out)
{
    struct node node = { .host = { "n1", 2 }, .findings = findings, .n_findings = n_findings };
    struct report report = { .nodes = &node, .n_nodes = 1 };
    const struct change *found;
    size_t n = changes_find(changes, &report, &found);

    for (size_t i = 0; i < n; i++) {
        buf_printf(out, "%s%s %.*s", out->size ? ", " : "", change_kind_name(found[i].kind),
                   (int)found[i].id.size, found[i].id.data);
    }
    return n;
}

/* The briefs end with one without a rule. */
static size_t find(struct changes *changes, const struct brief *briefs, struct buf *out)
{
    struct finding findings[3];
    size_t n = 0;

    for (; briefs[n].rule; n++) {
        findings[n] = finding_of(&briefs[n]);
    }
    return find_in(changes, findings, n, out);
}

/* clang-format off */
static const struct {
    const char *what;
    struct brief before[3], after[3];
    const char *reported;
} rows[] = {
    { "nothing new", { { .rule = "a" } }, { { .rule = "a" } }, "" },
    { "a new one", { { .rule = "a" } }, { { .rule = "a" }, { .rule = "b1" } }, "opened b@n1{pod=p1}" },
    { "another key is another one", { { .rule = "b1" } }, { { .rule = "b1" }, { .rule = "b2" } }, "opened b@n1{pod=p2}" },
    { "the order means nothing", { { .rule = "a" }, { .rule = "b1" } }, { { .rule = "b1" }, { .rule = "a" } }, "" },
    { "merged ones have one id", { { .rule = "b*" } }, { { .rule = "b*" } }, "" },
    { "the same id twice", { { .rule = "a" } }, { { .rule = "a" }, { .rule = "a" } }, "opened a@n1'" },
    { "another boot is another one", { { .rule = "a" } }, { { .rule = "a" }, { .rule = "a", .boot = { "77", 2 } } }, "opened a@n1#77" },
    { "another role", { { .rule = "a" } }, { { .rule = "a", .role = FINDING_CONSEQUENCE } }, "updated a@n1" },
    { "another confidence", { { .rule = "a" } }, { { .rule = "a", .confidence = CONFIDENCE_CERTAIN } }, "updated a@n1" },
    { "seen a little more often", { { .rule = "a", .count = 10 } }, { { .rule = "a", .count = 19 } }, "" },
    { "seen twice as often", { { .rule = "a", .count = 10 } }, { { .rule = "a", .count = 20 } }, "updated a@n1" },
    { "seen less often: the oldest is gone", { { .rule = "a", .count = 10 } }, { { .rule = "a", .count = 2 } }, "" },
    { "recovered", { { .rule = "a" } }, { { .rule = "a", .status = STATUS_RECOVERED } }, "closed a@n1" },
    { "its boot ended", { { .rule = "a" } }, { { .rule = "a", .status = STATUS_EARLIER_BOOT } }, "closed a@n1" },
    { "again", { { .rule = "a", .status = STATUS_RECOVERED } }, { { .rule = "a" } }, "opened a@n1" },
    { "recovered before it was reported", { { NULL } }, { { .rule = "a", .status = STATUS_RECOVERED } }, "opened a@n1, closed a@n1" },
    { "recovered, and seen more often", { { .rule = "a", .status = STATUS_RECOVERED } }, { { .rule = "a", .status = STATUS_RECOVERED, .count = 9 } }, "" },
    { "it never held", { { .rule = "a" }, { .rule = "b1" } }, { { .rule = "a" } }, "withdrawn b@n1{pod=p1}" },
    { "one that recovered goes silently", { { .rule = "a", .status = STATUS_RECOVERED } }, { { NULL } }, "" },
};
/* clang-format on */

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(changes_free_at) struct changes *changes = changes_new();
        CLEANUP(buf_done_at) struct buf first = { 0 };
        CLEANUP(buf_done_at) struct buf reported = { 0 };

        (void)find(changes, rows[i].before, &first);
        (void)find(changes, rows[i].after, &reported);
        if (strcmp(reported.data ? reported.data : "", rows[i].reported) != 0) {
            print_error("%s\n", rows[i].what);
        }
        assert_string_equal(reported.data ? reported.data : "", rows[i].reported);
        assert_int_equal(find(changes, rows[i].after, &reported), 0); /* reported once */
    }
}

/* What was reported is not reported again, neither while it is out of sight nor after. */
static void test_sight(void **state)
{
    static const struct brief one[] = { { .rule = "a", .count = 8 }, { NULL } };
    static const struct brief less[] = { { .rule = "a", .count = 3 }, { NULL } };
    static const struct brief none[] = { { NULL } };
    struct reported reported = { .id = { "a@n1", 4 }, .rule = { "a", 1 }, .count = 8 };

    (void)state;
    for (int remembered = 0; remembered < 2; remembered++) {
        CLEANUP(changes_free_at) struct changes *changes = changes_new();
        CLEANUP(buf_done_at) struct buf out = { 0 };

        if (remembered) {
            changes_add_reported(changes, &reported);
        } else {
            assert_int_equal(find(changes, one, &out), 1);
        }
        changes_lose_sight(changes);
        assert_int_equal(find(changes, none, &out), 0);
        assert_int_equal(changes_n_reported(changes), 1);
        assert_int_equal(changes_n_open(changes), 1);
        assert_int_equal(find(changes, less, &out), 0);
        assert_int_equal(find(changes, none, &out), 1); /* withdrawn, now that it was in sight */
        assert_int_equal(changes_n_reported(changes), 0);
    }
}

/* Reported with a count of 8, it is not updated when a count that started again doubles to 4. */
static void test_count_restarts(void **state)
{
    static const struct brief many[] = { { .rule = "a", .count = 8 }, { .rule = NULL } };
    static const struct brief few[] = { { .rule = "a", .count = 2, .role = FINDING_CONSEQUENCE },
                                        { .rule = NULL } };
    static const struct brief more[] = { { .rule = "a", .count = 4, .role = FINDING_CONSEQUENCE },
                                         { .rule = NULL } };
    CLEANUP(changes_free_at) struct changes *changes = changes_new();
    CLEANUP(buf_done_at) struct buf out = { 0 };

    (void)state;
    assert_int_equal(find(changes, many, &out), 1);
    changes_lose_sight(changes);
    assert_int_equal(find(changes, few, &out), 1); /* its role */
    assert_int_equal(find(changes, more, &out), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_sight),
        cmocka_unit_test(test_count_restarts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "state/ask.h"
#include "state/tables.h"

/* clang-format off */
#define TEXT(s) { (s), sizeof(s) - 1 }

static const char df[] = "Filesystem Size Used Avail Use% Mounted on\n"
                         "/dev/sda1  5.8G 5.1G 448M 92% /\n"
                         "/dev/sdb1   99G 5.2G  89G  6% /data\n"
                         "none          0    0    0   - /x\n";
static const char config[] = "kind: KubeletConfiguration\nfailSwapOn: false\nmaxPods: 110\n"
                             "evictionHard: { nodefs.available: 5% }\n";

/* A condition, and what it makes of the table. */
static const struct row {
    const char *kind;
    const char *path;
    enum state_match match;
    struct condition condition;
    uint64_t at_least;
    enum tristate expected;
    uint64_t line; /* of the row that made it so; 0: none */
} rows[] = {
    { "df", "", STATE_ANY,  { .name = TEXT("mount"), .text = TEXT("/data") }, 0, IS_TRUE, 3 },
    { "df", "", STATE_ANY,  { .name = TEXT("mount"), .text = TEXT("/var") }, 0, IS_FALSE, 0 },
    { "df", "", STATE_ANY,  { .name = TEXT("mount"), .comparison = IS_NOT_EQUAL, .text = TEXT("/") }, 0, IS_TRUE, 3 },
    { "df", "", STATE_ANY,  { .name = TEXT("device"), .comparison = IS_GLOB, .text = TEXT("/dev/*") }, 0, IS_TRUE, 2 },
    { "df", "", STATE_ANY,  { .name = TEXT("use_percent"), .comparison = IS_AT_LEAST, .text = TEXT("90") }, 0, IS_TRUE, 2 },
    { "df", "", STATE_ANY,  { .name = TEXT("use_percent"), .comparison = IS_GREATER, .text = TEXT("92") }, 0, IS_UNKNOWN, 0 },
    { "df", "", STATE_ANY,  { .name = TEXT("avail"), .comparison = IS_LESS, .text = TEXT("500Mi") }, 0, IS_TRUE, 2 },
    { "df", "", STATE_ANY,  { .name = TEXT("avail"), .comparison = IS_AT_MOST, .text = TEXT("469762048") }, 0, IS_TRUE, 2 },
    { "df", "", STATE_ANY,  { .name = TEXT("used"), .comparison = IS_GREATER, .other_fact = TEXT("avail") }, 0, IS_TRUE, 2 },
    { "df", "", STATE_ANY,  { .name = TEXT("used"), .comparison = IS_GREATER, .other_fact = TEXT("fstype") }, 0, IS_UNKNOWN, 0 },
    { "df", "", STATE_ANY,  { .name = TEXT("fstype"), .text = TEXT("ext4") }, 0, IS_UNKNOWN, 0 },
    { "df", "", STATE_NONE, { .name = TEXT("fstype"), .text = TEXT("ext4") }, 0, IS_UNKNOWN, 0 },
    { "df", "", STATE_NONE, { .name = TEXT("mount"), .text = TEXT("/") }, 0, IS_FALSE, 0 },
    { "df", "", STATE_NONE, { .name = TEXT("mount"), .text = TEXT("/var") }, 0, IS_TRUE, 0 },
    { "df", "", STATE_ALL,  { .name = TEXT("mount"), .comparison = IS_GLOB, .text = TEXT("/*") }, 0, IS_TRUE, 2 },
    { "df", "", STATE_ALL,  { .name = TEXT("use_percent"), .comparison = IS_LESS, .text = TEXT("95") }, 0, IS_UNKNOWN, 0 },
    { "df", "", STATE_ALL,  { .name = TEXT("use_percent"), .comparison = IS_LESS, .text = TEXT("50") }, 0, IS_FALSE, 0 },
    { "df", "", STATE_COUNT, { .name = TEXT("device"), .comparison = IS_GLOB, .text = TEXT("/dev/sd*") }, 2, IS_TRUE, 2 },
    { "df", "", STATE_COUNT, { .name = TEXT("device"), .comparison = IS_GLOB, .text = TEXT("/dev/sd*") }, 3, IS_FALSE, 0 },
    { "df", "", STATE_COUNT, { .name = TEXT("use_percent"), .comparison = IS_LESS, .text = TEXT("95") }, 3, IS_UNKNOWN, 0 },
    { "kubelet_config", "failSwapOn", STATE_PATH, { .name = TEXT("value"), .text = TEXT("false") }, 0, IS_TRUE, 2 },
    { "kubelet_config", "failSwapOn", STATE_PATH, { .name = TEXT("value"), .text = TEXT("true") }, 0, IS_FALSE, 0 },
    { "kubelet_config", "maxPods", STATE_PATH, { .name = TEXT("value"), .comparison = IS_LESS, .text = TEXT("200") }, 0, IS_TRUE, 3 },
    { "kubelet_config", "cgroupDriver", STATE_PATH, { .name = TEXT("value"), .text = TEXT("cgroupfs") }, 0, IS_UNKNOWN, 0 },
    { "kubelet_config", "evictionHard.nodefs.available", STATE_PATH, { .name = TEXT("value"), .comparison = IS_LESS, .text = TEXT("10%") }, 0, IS_TRUE, 4 },
    { "swaps", "", STATE_NONE, { .name = TEXT("type"), .text = TEXT("file") }, 0, IS_UNKNOWN, 0 },
    { "no-such", "", STATE_ANY, { .name = TEXT("type"), .text = TEXT("file") }, 0, IS_UNKNOWN, 0 },
};
/* clang-format on */

static void questions_have_three_answers(void **state)
{
    CLEANUP(states_free_at) struct states *states = states_new();
    static const struct rules no_rules = { 0 };
    size_t i;

    (void)state;
    assert_true(states_add(states, NULL, "df", span_of(df), NULL));
    assert_true(states_add(states, NULL, "", span_of(config), NULL));
    for (i = 0; i < N_ELEMENTS(rows); i++) {
        const struct state_rule question = { .from = span_of(rows[i].kind),
                                             .match = rows[i].match,
                                             .conditions = &rows[i].condition,
                                             .n_conditions = 1,
                                             .path = span_of(rows[i].path),
                                             .at_least = rows[i].at_least };
        const struct state_row *row = NULL;
        enum tristate answer = states_ask(states, &no_rules, &question, NULL, &row);

        if (answer != rows[i].expected || (row ? row->line : 0) != rows[i].line) {
            fail_msg("row %zu: %d at line %d", i, answer, row ? (int)row->line : 0);
        }
        assert_int_equal(states_ask(states, &no_rules, &question, NULL, NULL), answer);
    }
}

static void patterns_are_asked(void **state)
{
    static const struct rule_pattern patterns[] = { { .text = TEXT("^/dev/sd[bc]") },
                                                    { .text = TEXT("^sd") } };
    static const struct rules rules = { .patterns = patterns, .n_patterns = 2 };
    CLEANUP(states_free_at) struct states *states = states_new();
    struct condition condition = { .name = SPAN("device"), .comparison = IS_MATCHING };
    const struct state_rule question = { .from = SPAN("df"),
                                         .conditions = &condition,
                                         .n_conditions = 1 };

    (void)state;
    assert_true(states_add(states, "df", NULL, span_of(df), NULL));
    assert_int_equal(states_ask(states, &rules, &question, NULL, NULL), IS_TRUE);
    condition.pattern = 1;
    assert_int_equal(states_ask(states, &rules, &question, NULL, NULL), IS_FALSE);
}

/* sysctl.d(5), flags: the last word counts. */
static void the_last_row_of_a_path_counts(void **state)
{
    CLEANUP(states_free_at) struct states *states = states_new();
    const struct condition condition = { .name = SPAN("value"), .text = SPAN("2") };
    const struct state_rule question = { .from = SPAN("sysctl_files"),
                                         .match = STATE_PATH,
                                         .path = SPAN("vm.swappiness"),
                                         .conditions = &condition,
                                         .n_conditions = 1 };

    (void)state;
    assert_true(states_add(states, "sysctl_files", NULL, SPAN("vm.swappiness=1\n"), NULL));
    assert_int_equal(states_ask(states, NULL, &question, NULL, NULL), IS_FALSE);
    assert_true(states_add(states, "sysctl_files", NULL, SPAN("vm.swappiness=2\n"), NULL));
    assert_int_equal(states_ask(states, NULL, &question, NULL, NULL), IS_TRUE);
}

static const char counted[] = "PID USER INSTANCES WATCHES PROCESS\n"
                              "10 0 90 200 many\n"
                              "11 0 1 7000 wide\n"
                              "12 1000 400 9000 other\n";

/* Which row is asked when the question is about a path, or about the most of something. */
static void questions_are_about_a_finding(void **state)
{
    static const struct condition full = { .name = TEXT("use_percent"),
                                           .comparison = IS_AT_LEAST,
                                           .text = TEXT("90") };
    static const struct condition root = { .name = TEXT("user"), .text = TEXT("0") };
    static const struct {
        const char *kind;
        const struct condition *condition;
        const char *path, *column;
        enum tristate expected;
        uint64_t line;
    } cases[] = {
        { "df", &full, "/var/lib", "", IS_TRUE, 2 },
        { "df", &full, "/data", "", IS_FALSE, 0 },
        { "df", &full, "/data/a/b", "", IS_FALSE, 0 },
        { "df", &full, "/database", "", IS_TRUE, 2 },
        { "df", &full, "/mnt/a", "", IS_UNKNOWN, 0 }, /* mounted, and not in df */
        { "df", &full, "", "", IS_UNKNOWN, 0 },
        { "inotify_users", &root, "", "watches", IS_TRUE, 3 },
        { "inotify_users", &root, "", "instances", IS_TRUE, 2 },
    };
    CLEANUP(states_free_at) struct states *states = states_new();

    (void)state;
    assert_true(states_add(states, "df", NULL, span_of(df), NULL));
    assert_true(states_add(states, NULL, NULL, span_of(counted), NULL));
    assert_true(states_add(states, "mounts", NULL, SPAN("tmpfs /mnt tmpfs rw,nosuid 0 0\n"), NULL));
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        const struct state_rule question = {
            .from = span_of(cases[i].kind),
            .conditions = cases[i].condition,
            .n_conditions = 1,
            .holding = cases[i].column[0] ? (struct span){ 0 } : SPAN("path"),
            .most = span_of(cases[i].column),
        };
        const struct state_subject subject = { span_of(cases[i].path), span_of(cases[i].column) };
        const struct state_row *row = NULL;

        if (states_ask(states, NULL, &question, &subject, &row) != cases[i].expected ||
            (row ? row->line : 0) != cases[i].line) {
            fail_msg("case %zu: line %d", i, row ? (int)row->line : 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_have_three_answers),
        cmocka_unit_test(patterns_are_asked),
        cmocka_unit_test(the_last_row_of_a_path_counts),
        cmocka_unit_test(questions_are_about_a_finding),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

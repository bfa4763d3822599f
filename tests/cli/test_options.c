/* The command line: what is understood, and what is refused by name. */

#include "cli/options.h"

#include "base/buf.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    WORDS_MAX = 16
};

/* Parses the words of a line. */
static int parse(const char *line, struct buf *words, struct options *ret, struct error *reterr)
{
    char *argv[WORDS_MAX + 1] = { (char *)"nodecause" };
    int argc = 1;

    buf_add_string(words, line);
    for (char *p = words->data; *p && argc < WORDS_MAX; argc++) {
        argv[argc] = p;
        p += strcspn(p, " ");
        if (*p) {
            *p++ = '\0';
        }
    }
    argv[argc] = NULL;
    return options_parse(argc, argv, /* now_us= */ 0, ret, reterr);
}

static void test_refused(void **state)
{
    static const struct {
        const char *line, *text;
    } cases[] = {
        { "-g (", "-g '(' is no regular expression: missing closing parenthesis" },
        { "--case-sensitive=perhaps", "--case-sensitive=perhaps: must be yes or no" },
        { "-p err..",
          "'' is no level: 0 to 7, emerg, alert, crit, err, warning, notice, info or debug" },
        { "-u", "--unit needs UNIT" },
        { "--all=1", "--all takes no argument" },
        { "-Z", "unknown option -Z" },
        { "--zzz", "unknown or ambiguous option --zzz" },
        { "-n 0", "-n 0: must be a number above 0, or all" },
        { "-n x", "-n x: must be a number above 0, or all" },
        { "--min=101", "--min=101: must be a number from 0 to 100" },
        { "--min=x", "--min=x: must be a number from 0 to 100" },
        { "--color=x", "--color=x: must be auto, always or never" },
        { "--fail-on=x", "'x' is no severity: info, warning, error or critical" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(buf_done_at) struct buf words = { 0 };
        CLEANUP(options_done) struct options options;
        struct error error = { 0 };

        assert_int_equal(parse(cases[i].line, &words, &options, &error), -EINVAL);
        assert_string_equal(error.text, cases[i].text);
    }
}

static void test_follow(void **state)
{
    static const struct {
        const char *line;
        bool follow, wants_journal, after;
        const char *cursor, *cursor_file;
    } rows[] = {
        { "-f", true, false, false, NULL, NULL }, /* a pipe or the journal */
        { "-f a.log", true, false, false, NULL, NULL },
        { "-c s=1", false, true, false, "s=1", NULL },
        { "--after-cursor=s=1", false, true, true, "s=1", NULL },
        { "--follow --cursor-file=x", true, true, false, NULL, "x" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(buf_done_at) struct buf words = { 0 };
        CLEANUP(options_done) struct options options;

        assert_int_equal(parse(rows[i].line, &words, &options, NULL), 0);
        assert_int_equal(options.follow, rows[i].follow);
        assert_int_equal(options_want_journal(&options), rows[i].wants_journal);
        assert_int_equal(options.journal.after_cursor, rows[i].after);
        assert_int_equal(!options.journal.cursor, !rows[i].cursor);
        assert_int_equal(!options.cursor_file, !rows[i].cursor_file);
    }
}

static void test_journal(void **state)
{
    CLEANUP(buf_done_at) struct buf words = { 0 };
    CLEANUP(options_done) struct options options;

    (void)state;
    assert_int_equal(parse("-u kubelet -b -1 _PID=1 + -p err -n 5", &words, &options, NULL), 0);
    assert_int_equal(options.journal.n_units, 1);
    assert_string_equal(options.journal.units[0], "kubelet");
    assert_string_equal(options.journal.boot, "-1");
    assert_int_equal(options.journal.n_matches, 2);
    assert_int_equal(options.journal.priority, 3);
    assert_int_equal(options.journal.priority_from, 0);
    assert_true(options_want_journal(&options));
}

static void test_levels(void **state)
{
    static const struct {
        const char *line;
        int from, to;
    } cases[] = {
        { "-p err", 0, 3 },        { "-p 7", 0, 7 },    { "-p crit..warning", 2, 4 },
        { "-p warning..2", 2, 4 }, { "-p 3..3", 3, 3 }, { "-p emerg..debug", 0, 7 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(buf_done_at) struct buf words = { 0 };
        CLEANUP(options_done) struct options options;

        assert_int_equal(parse(cases[i].line, &words, &options, NULL), 0);
        assert_int_equal(options.journal.priority_from, cases[i].from);
        assert_int_equal(options.journal.priority, cases[i].to);
    }
}

static void test_invocation(void **state)
{
    static const struct {
        const char *line, *invocation;
    } cases[] = {
        { "-u kubelet -I", "" },
        { "-u kubelet -I -2", "-2" },
        { "--invocation=5a1d35a0a8ea4bd9ba4f9d1bb0d6a9cb", "5a1d35a0a8ea4bd9ba4f9d1bb0d6a9cb" },
        { "-I -u kubelet", "" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(buf_done_at) struct buf words = { 0 };
        CLEANUP(options_done) struct options options;

        assert_int_equal(parse(cases[i].line, &words, &options, NULL), 0);
        assert_string_equal(options.journal.invocation, cases[i].invocation);
        assert_true(options_want_journal(&options));
    }
}

static void test_words(void **state)
{
    static const struct {
        const char *line;
        size_t n_matches, n_paths;
        bool journal;
    } cases[] = {
        { "", 0, 0, false },
        { "kubelet.log", 0, 1, false },
        { "-", 0, 1, false },
        { "a=b.log", 0, 1, false },
        { "=x", 0, 1, false },
        { "_SYSTEMD_UNIT=a + MESSAGE=b", 3, 0, true },
        { "-o json x --all", 0, 1, false },
        { "-b x", 0, 1, true },
        { "-k", 0, 0, true },
        { "-- -x", 0, 1, false },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(buf_done_at) struct buf words = { 0 };
        CLEANUP(options_done) struct options options;

        assert_int_equal(parse(cases[i].line, &words, &options, NULL), 0);
        assert_int_equal(options.matches.n, cases[i].n_matches);
        assert_int_equal(options.paths.n, cases[i].n_paths);
        assert_int_equal(options_want_journal(&options), cases[i].journal);
    }
}

/* What --help prints: 26 columns in front of each sentence, 80 in all. */
static void test_help_fits(void **state)
{
    (void)state;
    for (const struct cli_option *option = cli_options; option->name; option++) {
        if (option->help) {
            assert_in_range(26 + strlen(option->help), 0, 80);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),    cmocka_unit_test(test_journal),
        cmocka_unit_test(test_follow),     cmocka_unit_test(test_levels),
        cmocka_unit_test(test_invocation), cmocka_unit_test(test_words),
        cmocka_unit_test(test_help_fits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

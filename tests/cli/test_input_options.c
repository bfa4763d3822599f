/* journalctl's options: what is understood, and what is refused. */

#include "cli/input_options.h"

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

struct settings {
    struct input_options input;
    const char *format;
};

static const struct option_group groups[] = {
    { "Journal", input_options, .offset = offsetof(struct settings, input) },
    { "Input", format_options, .offset = offsetof(struct settings, format) },
    { 0 },
};

/* A line of words, parsed. */
struct parsed {
    struct buf line;
    char *argv[WORDS_MAX + 1];
    struct settings settings;
    struct input_request request;
    struct error error;
    int r;
};

static void parse(const char *line, struct parsed *ret)
{
    struct words words;
    int argc = 1;

    *ret = (struct parsed){ .argv = { (char *)"nodecause" } };
    buf_add_string(&ret->line, line);
    for (char *p = ret->line.data; *p && argc < WORDS_MAX; argc++) {
        ret->argv[argc] = p;
        p += strcspn(p, " ");
        if (*p) {
            *p++ = '\0';
        }
    }
    ret->r = options_parse(groups, argc, ret->argv, &ret->settings, &words, &ret->error);
    if (ret->r == 0) {
        ret->r = input_request_init(&ret->settings.input, &words, &ret->request, &ret->error);
    }
}

static void parsed_done(struct parsed *parsed)
{
    input_request_done(&parsed->request);
    options_done(groups, &parsed->settings);
    buf_done(&parsed->line);
}

static void test_refused(void **state)
{
    static const struct {
        const char *line, *text;
    } rows[] = {
        { "-g (", "(" },
        { "--case-sensitive=perhaps", "--case-sensitive=perhaps: must be yes or no" },
        { "-p err..", "--priority=err..: must be 0 to 7, emerg, " },
        { "-p ..err", "--priority=..err: must be " },
        { "-p 8", "--priority=8: must be " },
        { "-n 0", "--lines=0: must be a number above 0, or all" },
        { "-n x", "--lines=x: must be a number above 0, or all" },
        { "-S gestern", "gestern" },
        { "--format=x", "--format=x: unknown format; nodecause formats lists them" },
        { "-x", "option '--catalog' of journalctl is not supported" },
        { "--image=a", "option '--image' of journalctl is not supported" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(parsed_done) struct parsed parsed;

        parse(rows[i].line, &parsed);
        assert_int_equal(parsed.r, -EINVAL);
        assert_non_null(strstr(parsed.error.text, rows[i].text));
    }
}

static void test_cursor(void **state)
{
    static const struct {
        const char *line, *cursor;
        bool after;
    } rows[] = {
        { "a.log", NULL, false },
        { "-c s=1", "s=1", false },
        { "--after-cursor=s=1", "s=1", true },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(parsed_done) struct parsed parsed;

        parse(rows[i].line, &parsed);
        assert_int_equal(parsed.r, 0);
        assert_int_equal(input_request_wants_journal(&parsed.request), rows[i].cursor != NULL);
        assert_int_equal(parsed.request.journal.after_cursor, rows[i].after);
        if (rows[i].cursor) {
            assert_string_equal(parsed.request.journal.cursor, rows[i].cursor);
        }
    }
}

static void test_journal(void **state)
{
    CLEANUP(parsed_done) struct parsed parsed;
    const diag_journal *journal = &parsed.request.journal;

    (void)state;
    parse("-u kubelet -b -1 _PID=1 + -p err -n 5 --file=a --file=b -k -m", &parsed);
    assert_int_equal(parsed.r, 0);
    assert_int_equal(journal->n_units, 1);
    assert_string_equal(journal->units[0], "kubelet");
    assert_string_equal(journal->boot, "-1");
    assert_int_equal(journal->n_matches, 2);
    assert_int_equal(journal->priority, 3);
    assert_int_equal(journal->priority_from, 0);
    assert_int_equal(journal->lines, 5);
    assert_int_equal(journal->n_files, 2);
    assert_true(journal->dmesg);
    assert_true(journal->merge);
    assert_true(input_request_wants_journal(&parsed.request));
}

static void test_levels(void **state)
{
    static const struct {
        const char *line;
        int from, to;
    } rows[] = {
        { "-k", 0, -1 },
        { "-p err", 0, 3 },
        { "-p 7", 0, 7 },
        { "-p crit..warning", 2, 4 },
        { "-p warning..2", 2, 4 },
        { "-p 3..3", 3, 3 },
        { "-p emerg..debug", 0, 7 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(parsed_done) struct parsed parsed;

        parse(rows[i].line, &parsed);
        assert_int_equal(parsed.r, 0);
        assert_int_equal(parsed.request.journal.priority_from, rows[i].from);
        assert_int_equal(parsed.request.journal.priority, rows[i].to);
    }
}

static void test_invocation(void **state)
{
    static const struct {
        const char *line, *invocation;
    } rows[] = {
        { "-u kubelet -I", "" },
        { "-u kubelet -I -2", "-2" },
        { "--invocation=5a1d35a0a8ea4bd9ba4f9d1bb0d6a9cb", "5a1d35a0a8ea4bd9ba4f9d1bb0d6a9cb" },
        { "-I -u kubelet", "" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(parsed_done) struct parsed parsed;

        parse(rows[i].line, &parsed);
        assert_int_equal(parsed.r, 0);
        assert_string_equal(parsed.request.journal.invocation, rows[i].invocation);
        assert_true(input_request_wants_journal(&parsed.request));
    }
}

static void test_words(void **state)
{
    static const struct {
        const char *line;
        size_t n_matches, n_paths;
        bool journal;
    } rows[] = {
        { "", 0, 0, false },
        { "kubelet.log", 0, 1, false },
        { "-", 0, 1, false },
        { "a=b.log", 0, 1, false },
        { "=x", 0, 1, false },
        { "_SYSTEMD_UNIT=a + MESSAGE=b", 3, 0, true },
        { "--format text x -q", 0, 1, false },
        { "-b x", 0, 1, true },
        { "-k", 0, 0, true },
        { "-- -x", 0, 1, false },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(parsed_done) struct parsed parsed;

        parse(rows[i].line, &parsed);
        assert_int_equal(parsed.r, 0);
        assert_int_equal(parsed.request.matches.n, rows[i].n_matches);
        assert_int_equal(parsed.request.paths.n, rows[i].n_paths);
        assert_int_equal(input_request_wants_journal(&parsed.request), rows[i].journal);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),    cmocka_unit_test(test_cursor),
        cmocka_unit_test(test_journal),    cmocka_unit_test(test_levels),
        cmocka_unit_test(test_invocation), cmocka_unit_test(test_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

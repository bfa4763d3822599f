/* nodecause test [FILE|DIR...]: runs the tests of rule files through the whole pipeline. */

#include "cli/command.h"
#include "cli/complain.h"
#include "cli/judge.h"
#include "cli/rules_of.h"
#include "cli/terminal.h"
#include "cli/trial.h"

#include <errno.h>
#include <stdio.h>

struct tally {
    unsigned tests, failed;
};

static void run_in_format(const struct rules *rules, const struct rule *rule,
                          const struct rule_test *test, const char *format_name,
                          struct tally *tally)
{
    CLEANUP(report_free_at) struct report *report = report_new();
    CLEANUP(buf_done_at) struct buf out = { 0 };
    const struct format *format = format_name ? format_find(span_of(format_name)) : NULL;
    struct trial trial = { .rules = rules, .test = test, .format = format };
    struct error error = { 0 };

    if (format_name && !format)
        buf_printf(&out, "    no format is called %s\n", format_name);
    else if (trial_run(&trial, report, &error) < 0)
        buf_printf(&out, "    %s\n", error.text);
    else
        judge(test, report, &out);
    tally->tests++;
    if (out.size == 0)
        return;
    tally->failed++;
    printf("FAIL %s: %s (%s:%u)\n%s", rule->id, test->name, test->place.path, test->place.line,
           out.data);
}

static void run_rule(const struct rules *rules, const struct rule *rule, struct tally *tally)
{
    for (size_t i = 0; i < rule->n_tests; i++) {
        const struct rule_test *test = &rule->tests[i];
        const char *const *format = test->formats;

        if (!format || !*format)
            run_in_format(rules, rule, test, /* format_name= */ NULL, tally);
        for (; format && *format; format++)
            run_in_format(rules, rule, test, *format, tally);
    }
}

static int test_all(const struct options *options)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;
    struct tally tally = { 0 };
    const struct rules *rules;

    if (rules_of_paths(options, &set) < 0)
        return EXIT_USAGE;
    rules = rule_set_rules(set);
    for (size_t i = 0; i < rules->n; i++)
        run_rule(rules, &rules->items[i], &tally);
    printf("%u tests, %u failed\n", tally.tests, tally.failed);
    return tally.failed > 0;
}

static int run(int argc, char **argv)
{
    CLEANUP(options_done) struct options options;
    struct error error = { 0 };
    int code;

    if (options_parse(argc, argv, TIME_UNKNOWN, &options, &error) < 0) {
        complain_about(&error);
        return EXIT_USAGE;
    }
    code = test_all(&options);
    return terminal_finish(0) < 0 ? EXIT_USAGE : code;
}

const struct command command_test = {
    .name = "test",
    .summary = "runs the tests of rule files",
    .usage = "test [FILE|DIR...]",
    .run = run,
};

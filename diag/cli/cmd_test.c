/* nodecause test [FILE|DIR...]: the tests of rules through the whole pipeline, as they are written
 * and told in other ways (cli/variant.h). With --corpus labelled cases are diagnosed instead, with
 * --why-not one rule is asked why it does not find a file.
 *
 *   FAIL kubelet/swap-enabled: kubeadm's preflight, CRLF (rules/kubelet/swap-enabled.yaml:118)
 *       root: expected kubelet/swap-enabled, found nothing
 *   2214 tests, 1 failed
 */

#include "cli/command.h"
#include "cli/complain.h"
#include "cli/corpus.h"
#include "cli/cut.h"
#include "cli/judge.h"
#include "cli/rules_of.h"
#include "cli/test_list.h"
#include "cli/trial.h"
#include "cli/variant.h"
#include "cli/why_not.h"
#include "cli/work.h"

/* A test at work, in one format. */
struct work {
    const struct rules *rules;
    const struct rule *rule;
    const struct rule_test *test;
    const char *format; /* NULL: found by bids */
    struct test_list *list;
};

static void add_result(const struct work *work, const char *variant, struct buf *differences)
{
    const struct test_result result = {
        .group = work->rule->id,
        .name = work->test->name,
        .variant = variant,
        .place = work->test->place,
    };

    test_list_add(work->list, &result, differences);
}

static void run(const struct work *work, struct span input, const char *format_name,
                struct report *report, struct buf *out)
{
    const struct format *format = format_name ? format_find(span_of(format_name)) : NULL;
    struct trial trial = {
        .rules = work->rules, .test = work->test, .input = input, .format = format
    };
    struct error error = { 0 };

    if (format_name && !format) {
        buf_printf(out, "    no format is called %s\n", format_name);
    } else if (trial_run(&trial, report, &error) < 0) {
        buf_printf(out, "    %s\n", error.text);
    }
}

static void run_variant(const struct work *work, const struct variant *variant,
                        const struct report *whole)
{
    CLEANUP(report_free_at) struct report *report = report_new();
    CLEANUP(buf_done_at) struct buf input = { 0 };
    CLEANUP(buf_done_at) struct buf out = { 0 };
    const struct variant_input from = { work->rules, work->rule, work->test->input };

    if (!variant->make(variant, &from, &input)) {
        return;
    }
    run(work, buf_span(&input), variant->format ? variant->format : work->format, report, &out);
    if (out.size == 0 && variant->columns) {
        cut_judge(work->rules, work->rule, work->test, variant->columns, whole, report, &out);
    } else if (out.size == 0) {
        judge(work->test, report, &out);
    }
    add_result(work, variant->name, &out);
}

/* Variants say something new only of a test that holds. */
static void run_test(const struct work *work)
{
    CLEANUP(report_free_at) struct report *report = report_new();
    CLEANUP(buf_done_at) struct buf out = { 0 };
    bool holds;

    run(work, work->test->input, work->format, report, &out);
    if (out.size == 0) {
        judge(work->test, report, &out);
    }
    holds = out.size == 0;
    add_result(work, work->format, &out);
    for (const struct variant *variant = variants; holds && variant->name; variant++) {
        run_variant(work, variant, report);
    }
}

static void run_rule(const struct rules *rules, const struct rule *rule, struct test_list *list)
{
    for (size_t i = 0; i < rule->n_tests; i++) {
        struct work work = { .rules = rules, .rule = rule, .test = &rule->tests[i], .list = list };
        const char *const *format = rule->tests[i].formats;

        if (!format || !*format) {
            run_test(&work);
        }
        for (; format && *format; format++) {
            work.format = *format;
            run_test(&work);
        }
    }
}

static int test_rules(const struct options *options)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;
    CLEANUP(test_list_done) struct test_list list = { 0 };
    const struct rules *rules;

    if (rules_of_paths(options, &set) < 0) {
        return EXIT_USAGE;
    }
    rules = rule_set_rules(set);
    for (size_t i = 0; i < rules->n; i++) {
        run_rule(rules, &rules->items[i], &list);
    }
    test_list_print(&list, options->output);
    return list.n_failed > 0;
}

static int dispatch(const struct options *options)
{
    if (!test_list_can_print(options->output)) {
        complain("-o %s: test prints text, json or junit", options->output);
        return EXIT_USAGE;
    }
    if (options->why_not) {
        return why_not(options);
    }
    return options->corpus ? corpus_test(options) : test_rules(options);
}

static int run_command(int argc, char **argv)
{
    return work_with_options(argc, argv, TIME_UNKNOWN, dispatch);
}

const struct command command_test = {
    .name = "test",
    .summary = "runs the tests of rule files",
    .usage = "test [FILE|DIR...]",
    .run = run_command,
};

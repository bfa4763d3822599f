/* nodecause test [FILE|DIR...]: the tests of rules through the whole pipeline, as they are written
 * and told in other ways (workbench/variant.h). With --corpus labelled cases are diagnosed instead, with
 * --why-not one rule is asked why it does not find a file.
 *
 *   FAIL kubelet/swap-enabled: kubeadm's preflight, CRLF (rules/kubelet/swap-enabled.yaml:118)
 *       root: expected kubelet/swap-enabled, found nothing
 *   2214 tests, 1 failed
 */

#include "cli/command.h"
#include "cli/message.h"
#include "cli/rules_of.h"
#include "cli/work.h"
#include "workbench/corpus.h"
#include "workbench/test_cut.h"
#include "workbench/test_expect.h"
#include "workbench/test_results.h"
#include "workbench/test_run.h"
#include "workbench/variant.h"
#include "workbench/why_not.h"

/* One test in one format. */
struct test_job {
    const struct rules *rules;
    const struct rule *rule;
    const struct rule_test *test;
    const char *format; /* NULL: found by bids */
    struct test_results *list;
};

static void add_result(const struct test_job *job, const char *variant, struct buf *differences)
{
    const struct test_result result = {
        .group = job->rule->id,
        .name = job->test->name,
        .variant = variant,
        .place = job->test->place,
    };

    test_results_add(job->list, &result, differences);
}

static void run_input(const struct test_job *job, struct span input, const char *format_name,
                      struct report *report, struct buf *out)
{
    const struct format *format = format_name ? format_find(span_of(format_name)) : NULL;
    struct test_run run = {
        .rules = job->rules, .test = job->test, .input = input, .format = format
    };
    struct error error = { 0 };

    if (format_name && !format) {
        buf_printf(out, "    no format is called %s\n", format_name);
    } else if (test_run_report(&run, report, &error) < 0) {
        buf_printf(out, "    %s\n", error.text);
    }
}

static void run_variant(const struct test_job *job, const struct variant *variant,
                        const struct report *whole)
{
    CLEANUP(report_free_at) struct report *report = report_new();
    CLEANUP(buf_done_at) struct buf input = { 0 };
    CLEANUP(buf_done_at) struct buf out = { 0 };
    const struct variant_input from = { job->rules, job->rule, job->test->input };

    if (!variant->make(variant, &from, &input)) {
        return;
    }
    run_input(job, buf_span(&input), variant->format ? variant->format : job->format, report, &out);
    if (out.size == 0 && variant->columns) {
        test_cut_compare(job->rules, job->rule, job->test, variant->columns, whole, report, &out);
    } else if (out.size == 0) {
        test_expect_compare(job->test, report, &out);
    }
    add_result(job, variant->name, &out);
}

/* Variants say something new only of a test that holds. */
static void run_test(const struct test_job *job)
{
    CLEANUP(report_free_at) struct report *report = report_new();
    CLEANUP(buf_done_at) struct buf out = { 0 };
    bool holds;

    run_input(job, job->test->input, job->format, report, &out);
    if (out.size == 0) {
        test_expect_compare(job->test, report, &out);
    }
    holds = out.size == 0;
    add_result(job, job->format, &out);
    for (const struct variant *variant = variants; holds && variant->name; variant++) {
        run_variant(job, variant, report);
    }
}

static void run_rule(const struct rules *rules, const struct rule *rule, struct test_results *list)
{
    for (size_t i = 0; i < rule->n_tests; i++) {
        struct test_job job = {
            .rules = rules, .rule = rule, .test = &rule->tests[i], .list = list
        };
        const char *const *format = rule->tests[i].formats;

        if (!format || !*format) {
            run_test(&job);
        }
        for (; format && *format; format++) {
            job.format = *format;
            run_test(&job);
        }
    }
}

static int test_rules(const struct options *options)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;
    CLEANUP(test_results_done) struct test_results list = { 0 };
    const struct rules *rules;

    if (rules_of_paths(options, &set) < 0) {
        return EXIT_USAGE;
    }
    rules = rule_set_rules(set);
    for (size_t i = 0; i < rules->n; i++) {
        run_rule(rules, &rules->items[i], &list);
    }
    test_results_print(&list, options->output);
    return list.n_failed > 0;
}

static int dispatch(const struct options *options)
{
    if (!test_results_can_print(options->output)) {
        message_print("-o %s: test prints text, json or junit", options->output);
        return EXIT_USAGE;
    }
    if (options->why_not) {
        return why_not(options);
    }
    return options->corpus ? corpus_test(options) : test_rules(options);
}

static int run(int argc, char **argv)
{
    return work_with_options(argc, argv, TIME_UNKNOWN, dispatch);
}

const struct command command_test = {
    .name = "test",
    .summary = "runs the tests of rule files",
    .usage = "test [FILE|DIR...]",
    .run = run,
};

/* nodecause test FILE|DIR...: the tests of rules through the whole pipeline, as they are written and
 * in variants (test_variant.h). With --corpus it diagnoses labelled cases instead, with --why-not it
 * reports where one rule stops on the files named.
 *
 *   FAIL kubelet/swap-enabled: kubeadm's preflight, CRLF (rules/kubelet/swap-enabled.yaml:118)
 *       root: expected kubelet/swap-enabled, found nothing
 *   2214 tests, 1 failed
 */

#include "cli/command.h"
#include "cli/input_options.h"
#include "cli/message.h"
#include "finding/report.h"
#include "workbench/checked_rules.h"
#include "workbench/corpus.h"
#include "workbench/test_cut.h"
#include "workbench/test_expect.h"
#include "workbench/test_results.h"
#include "workbench/test_run.h"
#include "workbench/test_variant.h"
#include "workbench/why_not.h"

#include <errno.h>

struct test_settings {
    struct rule_options rules;
    const char *output;
    const char *corpus, *families, *why_not, *format; /* NULL: not given */
    unsigned min;                                     /* percent of a corpus that must be right */
};

/* ---- options ---- */

static int store_percent(const struct cli_option *option, const char *text, void *member,
                         struct error *reterr)
{
    uint64_t percent;

    (void)option;
    if (!span_to_uint(span_of(text), &percent) || percent > 100) {
        return error_set(reterr, -EINVAL, "must be a number from 0 to 100");
    }
    *(unsigned *)member = (unsigned)percent;
    return 0;
}

#define MEMBER(name) .offset = offsetof(struct test_settings, name)

/* clang-format off */
static const struct cli_option output_options[] = {
    { "output", 'o', "FORMAT", "format of the results", option_word, MEMBER(output), .choice = test_results_format },
    { 0 },
};

static const struct cli_option corpus_options[] = {
    { "corpus", 0, "DIR", "diagnose the labelled cases in this directory instead", option_text, MEMBER(corpus) },
    { "families", 0, "FILE", "which rules a label allows; default DIR/families.tsv", option_text, MEMBER(families) },
    { "min", 0, "PERCENT", "how many of them must be right; default 100", store_percent, MEMBER(min) },
    { 0 },
};

static const struct cli_option why_not_options[] = {
    { "why-not", 0, "RULE", "report why RULE does not match the files named", option_text, MEMBER(why_not) },
    { 0 },
};

static const struct option_group groups[] = {
    { "Rules", rule_options, MEMBER(rules) },
    { "Output", output_options, 0 },
    { "Labelled cases", corpus_options, 0 },
    { "A rule that does not match", why_not_options, 0 },
    { NULL, format_options, MEMBER(format) },
    { 0 },
};
/* clang-format on */

/* ---- tests ---- */

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
        buf_printf(out, "    unknown format %s\n", format_name);
    } else if (test_run_report(&run, report, &error) < 0) {
        buf_printf(out, "    %s\n", error.text);
    }
}

static void run_variant(const struct test_job *job, const struct test_variant *variant,
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

/* Variants are run only of a test that passes. */
static void run_test(const struct test_job *job)
{
    CLEANUP(report_free_at) struct report *report = report_new();
    CLEANUP(buf_done_at) struct buf out = { 0 };
    bool passes;

    run_input(job, job->test->input, job->format, report, &out);
    if (out.size == 0) {
        test_expect_compare(job->test, report, &out);
        test_expect_remedies(job->test, report, &out);
    }
    passes = out.size == 0;
    add_result(job, job->format, &out);
    for (const struct test_variant *variant = test_variants; passes && variant->name; variant++) {
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

/* ---- the command ---- */

static int load_rules(const struct test_settings *test, const struct words *words,
                      struct rule_set **ret)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    struct error error = { 0 };

    if (checked_rules_add(&test->rules, words, set, &error) < 0 ||
        rule_set_finish(set, &error) < 0) {
        message_print_error(&error);
        return -EINVAL;
    }
    *ret = TAKE(set);
    return 0;
}

static int test_rules(const struct test_settings *test, const struct words *words)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;
    CLEANUP(test_results_done) struct test_results list = { 0 };
    const struct rules *rules;

    if (load_rules(test, words, &set) < 0) {
        return EXIT_USAGE;
    }
    rules = rule_set_rules(set);
    for (size_t i = 0; i < rules->n; i++) {
        if (rules->items[i].checked) {
            run_rule(rules, &rules->items[i], &list);
        }
    }
    test_results_print(&list, test->output);
    return list.n_failed > 0;
}

static int test_corpus(const struct test_settings *test)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;
    struct corpus_request request = {
        .directory = test->corpus,
        .families = test->families,
        .min_percent = test->min,
        .output = test->output,
    };

    if (rule_options_load(&test->rules, &set) < 0) {
        return EXIT_USAGE;
    }
    return corpus_test(&request, rule_set_rules(set));
}

static int test_why_not(const struct test_settings *test, const struct words *words)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;

    if (rule_options_load(&test->rules, &set) < 0) {
        return EXIT_USAGE;
    }
    return why_not(rule_set_rules(set), test->why_not, test->format, words);
}

static int run(const void *settings, const struct words *words)
{
    const struct test_settings *test = settings;

    if (test->corpus && (test->why_not || words->n)) {
        return message_usage("test", "--corpus takes neither --why-not nor files");
    }
    if (test->why_not && words->n == 0) {
        return message_usage("test", "--why-not requires the files to read");
    }
    if (test->format && !test->why_not) {
        return message_usage("test", "--format requires --why-not");
    }
    if (test->why_not) {
        return test_why_not(test, words);
    }
    return test->corpus ? test_corpus(test) : test_rules(test, words);
}

const struct command command_test = {
    .name = "test",
    .arguments = "FILE|DIR...",
    .summary = "runs the tests of rule files",
    .description = "Runs the tests of rule files, as they are written and in variants: CRLF, "
                   "newest first, cut lines, other formats.",
    .groups = groups,
    .settings_size = sizeof(struct test_settings),
    .defaults = &(const struct test_settings){ .output = "text", .min = 100 },
    .run = run,
};

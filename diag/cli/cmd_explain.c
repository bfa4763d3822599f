/* nodecause explain [RULE]: what a rule means, how it shows and what to type, without any input;
 * like `rustc --explain`. Placeholders stand as they are, `{device}`, since nothing was read. */

#include "cli/command.h"
#include "cli/complain.h"
#include "cli/rules_of.h"
#include "cli/terminal.h"
#include "finding/report.h"
#include "render/paper.h"

#include <stdio.h>

enum {
    INDENT = 12,
    COMMAND_INDENT = 14,
    COLUMNS = 100
};

static const char *role_name(enum role role)
{
    static const char *const names[] = {
        [ROLE_PROOF] = "proof",
        [ROLE_SIGN] = "sign",
        [ROLE_CONTEXT] = "context",
        [ROLE_AGAINST] = "against",
    };

    return names[role];
}

static void add_signals(const struct paper *paper, const struct rules *rules,
                        const struct rule *rule)
{
    paper_add(paper, INK_BOLD, SPAN("How it shows"));
    buf_add_byte(paper->out, '\n');
    for (size_t i = 0; i < rule->n_signals; i++) {
        const struct signal_rule *signal = &rule->signals[i];
        CLEANUP(buf_done_at) struct buf label = { 0 };

        buf_printf(&label, "  %s", role_name(signal->role));
        if (signal->pattern != PATTERN_NONE)
            paper_paragraph(paper, INDENT, label.data, rules->patterns[signal->pattern].text);
        for (size_t k = 0; k < signal->n_message_ids; k++)
            paper_paragraph(paper, INDENT, label.data, signal->message_ids[k]);
    }
}

static void add_remedies(const struct paper *paper, const struct rule *rule)
{
    for (size_t i = 0; i < rule->n_remedies; i++) {
        const struct remedy *remedy = &rule->remedies[i];
        CLEANUP(buf_done_at) struct buf label = { 0 };

        if (i == 0) {
            paper_add(paper, INK_BOLD, SPAN("What to do"));
            buf_add_byte(paper->out, '\n');
        }
        buf_printf(&label, "  %s", remedy->kind);
        paper_paragraph(paper, INDENT, label.data, span_of(remedy->action));
        for (const char *const *command = remedy->run; command && *command; command++)
            paper_command(paper, COMMAND_INDENT, span_of(*command));
    }
}

static void add_explains(const struct paper *paper, const struct rules *rules,
                         const struct rule *rule)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };

    for (size_t i = 0; i < rule->n_explains; i++)
        buf_printf(&line, "%s%s", i ? ", " : "", rules->items[rule->explains[i].rule].id);
    if (line.size)
        paper_paragraph(paper, INDENT, "Leads to", buf_span(&line));
}

static void add_rule(const struct paper *paper, const struct rules *rules, const struct rule *rule)
{
    paper_add(paper, INK_BOLD, span_of(rule->title));
    buf_printf(paper->out, "\n%s, %s\n\n", rule->id, rule_severity_name(rule->severity));
    paper_paragraph(paper, 0, "", span_of(rule->explain));
    buf_add_byte(paper->out, '\n');
    add_signals(paper, rules, rule);
    add_explains(paper, rules, rule);
    add_remedies(paper, rule);
    for (const char *const *url = rule->references; url && *url; url++)
        paper_paragraph(paper, INDENT, url == rule->references ? "Read" : "", span_of(*url));
}

static int explain(const struct options *options, const struct rules *rules, const char *id)
{
    CLEANUP(buf_done_at) struct buf out = { 0 };
    struct paper paper = { .out = &out, .colour = terminal_colour(options->colour) };
    int64_t index = rules_find(rules, span_of(id));

    paper.columns = terminal_columns() ? terminal_columns() : COLUMNS;
    if (index < 0) {
        complain("no rule is called '%s'; nodecause explain lists them", id);
        return EXIT_USAGE;
    }
    add_rule(&paper, rules, &rules->items[index]);
    (void)terminal_write(NULL, out.data, out.size);
    return 0;
}

static int list(const struct rules *rules)
{
    for (size_t i = 0; i < rules->n; i++)
        printf("%-36s %s\n", rules->items[i].id, rules->items[i].title);
    return 0;
}

static int dispatch(const struct options *options)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;

    if (options->paths.n > 1) {
        complain("explain takes one rule");
        return EXIT_USAGE;
    }
    if (rules_of_options(options, &set) < 0)
        return EXIT_USAGE;
    if (options->paths.n == 0)
        return list(rule_set_rules(set));
    return explain(options, rule_set_rules(set), options->paths.items[0]);
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
    code = dispatch(&options);
    return terminal_finish(0) < 0 ? EXIT_USAGE : code;
}

const struct command command_explain = {
    .name = "explain",
    .summary = "what a rule means, how it shows and what to type",
    .usage = "explain [RULE]",
    .run = run,
};

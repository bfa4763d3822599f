/* nodecause explain [RULE]: what a rule means, how it shows and what to type, without any input;
 * like `rustc --explain`. What only a log knows is shown as `<device>`. */

#include "cli/command.h"
#include "cli/message.h"
#include "cli/rule_options.h"
#include "cli/terminal.h"
#include "finding/report.h"
#include "finding/template_check.h"
#include "render/writer.h"

#include <stdio.h>

struct explain {
    struct rule_options rules;
    int colour;
};

static const struct option_group groups[] = {
    { "Rules", rule_options, offsetof(struct explain, rules) },
    { "Output", colour_options, offsetof(struct explain, colour) },
    { 0 },
};

enum {
    INDENT = 12,
    COMMAND_INDENT = 14,
    COLUMNS = 100
};

/* What one rule's page is made of. */
struct page {
    const struct writer *writer;
    const struct rules *rules;
    const struct rule *rule;
    struct arena *arena;
};

static void add_text(const struct page *page, int indent, const char *label, const char *text)
{
    writer_paragraph(page->writer, indent, label, span_of(template_show(text, page->arena)));
}

static void add_heading(const struct page *page, const char *text)
{
    buf_add_byte(page->writer->out, '\n');
    writer_add(page->writer, STYLE_BOLD, span_of(text));
    buf_add_byte(page->writer->out, '\n');
}

static void add_signal(const struct page *page, const struct signal_rule *signal)
{
    CLEANUP(buf_done_at) struct buf label = { 0 };

    buf_printf(&label, "  %s", signal_role_name(signal->role));
    writer_paragraph(page->writer, INDENT, label.data, signal->name);
    if (signal->pattern != PATTERN_NONE) {
        writer_paragraph(page->writer, COMMAND_INDENT, "",
                         page->rules->patterns[signal->pattern].text);
    }
    for (size_t i = 0; i < signal->n_message_ids; i++) {
        writer_paragraph(page->writer, COMMAND_INDENT, "", signal->message_ids[i]);
    }
}

static void add_signals(const struct page *page)
{
    add_heading(page, "How it shows");
    for (size_t i = 0; i < page->rule->n_signals; i++) {
        add_signal(page, &page->rule->signals[i]);
    }
}

static void add_ruled_out(const struct page *page)
{
    for (size_t i = 0; i < page->rule->n_rules_out; i++) {
        const struct rules_out *other = &page->rule->rules_out[i];

        if (i == 0) {
            add_heading(page, "What it is not");
        }
        writer_paragraph(page->writer, INDENT, "", span_of(page->rules->items[other->rule].id));
        add_text(page, COMMAND_INDENT, "", other->because);
    }
}

static void add_remedy(const struct page *page, const struct remedy *remedy)
{
    CLEANUP(buf_done_at) struct buf label = { 0 };
    CLEANUP(buf_done_at) struct buf action = { 0 };
    CLEANUP(buf_done_at) struct buf undo = { 0 };

    buf_printf(&label, "  %s", remedy_kind_name(remedy->kind));
    buf_add_string(&action, template_show(remedy->action, page->arena));
    if (remedy->needs) {
        buf_printf(&action, " (as %s)", remedy->needs);
    }
    if (remedy->risk) {
        buf_printf(&action, " (warning: %s)", remedy->risk);
    }
    writer_paragraph(page->writer, INDENT, label.data, buf_span(&action));
    for (const char *const *command = remedy->run; command && *command; command++) {
        writer_command(page->writer, COMMAND_INDENT, span_of(template_show(*command, page->arena)));
    }
    if (remedy->undo) {
        buf_printf(&undo, "to undo: %s", template_show(remedy->undo, page->arena));
        writer_paragraph(page->writer, INDENT, "", buf_span(&undo));
    }
}

static void add_remedies(const struct page *page)
{
    for (size_t i = 0; i < page->rule->n_remedies; i++) {
        if (i == 0) {
            add_heading(page, "What to do");
        }
        add_remedy(page, &page->rule->remedies[i]);
    }
}

static bool leads_to(const struct rules *rules, const struct rule *cause, const struct rule *effect)
{
    for (size_t i = 0; i < cause->n_explains; i++) {
        if (&rules->items[cause->explains[i].rule] == effect) {
            return true;
        }
    }
    return false;
}

/* The rules on the other end of the edges: those that this one explains, or that explain it. */
static void add_neighbours(const struct page *page, const char *label, bool effects)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };

    for (size_t i = 0; i < page->rules->n; i++) {
        const struct rule *other = &page->rules->items[i];

        if (effects ? leads_to(page->rules, page->rule, other)
                    : leads_to(page->rules, other, page->rule)) {
            buf_printf(&line, "%s%s", line.size ? ", " : "", other->id);
        }
    }
    if (line.size) {
        writer_paragraph(page->writer, INDENT, label, buf_span(&line));
    }
}

static void add_page(const struct page *page)
{
    const struct rule *rule = page->rule;

    writer_add(page->writer, STYLE_BOLD, span_of(template_show(rule->title, page->arena)));
    buf_printf(page->writer->out, "\n%s, %s%s\n\n", rule->id, rule_severity_name(rule->severity),
               rule->symptom ? ", a symptom: the cause is elsewhere" : "");
    add_text(page, 0, "", rule->explain);
    buf_add_byte(page->writer->out, '\n');
    add_neighbours(page, "Leads to", true);
    add_neighbours(page, "Caused by", false);
    add_remedies(page);
    add_ruled_out(page);
    add_signals(page);
    buf_add_byte(page->writer->out, '\n');
    for (const char *const *url = rule->references; url && *url; url++) {
        writer_paragraph(page->writer, INDENT, url == rule->references ? "Read" : "",
                         span_of(*url));
    }
}

static int print_page(const struct rules *rules, const char *id, int colour)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    CLEANUP(buf_done_at) struct buf out = { 0 };
    struct writer writer = { .out = &out, .colour = terminal_colour(colour) };
    struct page page = { .writer = &writer, .rules = rules, .arena = arena };
    int64_t index = rules_find(rules, span_of(id));

    writer.columns = terminal_columns() ? terminal_columns() : COLUMNS;
    if (index < 0) {
        message_print("unknown rule '%s'; nodecause explain lists the rules", id);
        return EXIT_USAGE;
    }
    page.rule = &rules->items[index];
    add_page(&page);
    (void)terminal_write(NULL, out.data, out.size);
    return 0;
}

static int list(const struct rules *rules)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();

    for (size_t i = 0; i < rules->n; i++) {
        printf("%-36s %s\n", rules->items[i].id, template_show(rules->items[i].title, arena));
    }
    return 0;
}

static int run(const void *settings, const struct words *words)
{
    const struct explain *explain = settings;
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;

    if (words->n > 1) {
        return message_usage("explain", "unexpected argument '%s'", words->items[1]);
    }
    if (rule_options_load(&explain->rules, &set) < 0) {
        return EXIT_USAGE;
    }
    if (words->n == 0) {
        return list(rule_set_rules(set));
    }
    return print_page(rule_set_rules(set), words->items[0], explain->colour);
}

const struct command command_explain = {
    .name = "explain",
    .arguments = "[RULE]",
    .summary = "describes a rule: what it means, its signs, what to do",
    .description = "Describes a rule: what it means, which log lines show it and what to do. "
                   "Without RULE it lists the rules.",
    .groups = groups,
    .settings_size = sizeof(struct explain),
    .run = run,
};

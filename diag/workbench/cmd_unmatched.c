/* nodecause unmatched [INPUT...]: lines that match no rule, and a rule to start from. */

#include "cli/command.h"
#include "cli/input_options.h"
#include "cli/message.h"
#include "cli/output_option.h"
#include "cli/rule_options.h"
#include "cli/terminal.h"
#include "finding/redactor.h"
#include "format/format.h"
#include "pipeline.h"
#include "render/writer.h"
#include "source/journal_query.h"
#include "workbench/rule_draft.h"
#include "workbench/unmatched_json.h"
#include "workbench/unmatched_text.h"

#include <errno.h>
#include <stdio.h>

struct unmatched_settings {
    struct input_options input;
    struct rule_options rules;
    const char *format;
    const char *output;
    uint64_t draft; /* which line; 0: none */
    int colour;
    bool all;
};

/* --- options --- */

/* The first line, unless another is named. */
static int store_draft(const struct cli_option *option, const char *text, void *member,
                       struct error *reterr)
{
    uint64_t line = 1;

    (void)option;
    if (text && (!span_to_uint(span_of(text), &line) || line == 0)) {
        return error_set(reterr, -EINVAL, "must be the number of a line in the list, from 1");
    }
    *(uint64_t *)member = line;
    return 0;
}

#define MEMBER(name) .offset = offsetof(struct unmatched_settings, name)

/* clang-format off */
static const struct cli_option unmatched_options[] = {
    { "draft", 0, "[N]", "draft a rule from line N of the list; default 1", store_draft, MEMBER(draft) },
    { "all", 0, NULL, "list all lines, not only the first 20", option_flag, MEMBER(all) },
    { 0 },
};
/* clang-format on */

static const struct option_group groups[] = {
    { "Journal, as in journalctl", input_options, MEMBER(input) },
    { "Input", format_options, MEMBER(format) },
    { NULL, rule_options, MEMBER(rules) },
    { "Output", unmatched_options, 0 },
    { NULL, text_or_json_options, MEMBER(output) },
    { NULL, colour_options, MEMBER(colour) },
    { 0 },
};

/* --- gathering --- */

static void read_inputs(const struct input_request *request, struct pipeline *pipeline)
{
    bool from_pipe = !input_request_wants_journal(request) && terminal_has_input();

    pipeline_read_paths(pipeline, request->paths.items, request->paths.n);
    if (request->paths.n == 0) {
        pipeline_read_path(pipeline, from_pipe ? "-" : NULL);
    }
}

/* A report and a rule file are pasted into issues: no secrets of the log in them. */
static void redact_lines(const struct unmatched_lines *lines, struct unmatched_line *items,
                         struct arena *arena)
{
    CLEANUP(redactor_free_at) struct redactor *redactor = redactor_new();

    for (size_t i = 0; i < lines->n; i++) {
        items[i] = lines->items[i];
        items[i].message = redact(redactor, items[i].message, arena);
        items[i].raw = redact(redactor, items[i].raw, arena);
        items[i].template = redact(redactor, items[i].template, arena);
    }
}

static struct unmatched_lines redacted(struct unmatched_lines lines, struct arena *arena)
{
    struct unmatched_line *items = ARENA_ARRAY(arena, struct unmatched_line, lines.n);

    redact_lines(&lines, items, arena);
    lines.items = items;
    return lines;
}

static void gather(const struct input_request *request, const char *format,
                   const struct rules *rules, struct report *report, const struct watcher *watcher)
{
    struct journal_query query = journal_query_from(&request->journal);
    struct pipeline_options pipeline_options = {
        .rules = rules,
        .query = &query,
        .format = format ? format_find(span_of(format)) : NULL,
        .watcher = watcher,
        .fail_on = RULE_ERROR,
    };
    CLEANUP(pipeline_free_at) struct pipeline *pipeline = pipeline_new(&pipeline_options);

    read_inputs(request, pipeline);
    pipeline_finish(pipeline, report);
}

/* --- the command --- */

static int add_draft(const struct unmatched_list *list, uint64_t line, struct buf *out)
{
    if (line > list->lines.n) {
        message_print("--draft=%llu: the list has %zu lines", (unsigned long long)line,
                      list->lines.n);
        return EXIT_USAGE;
    }
    if (!rule_draft_add(out, list->rules, &list->lines.items[line - 1])) {
        message_print("--draft=%llu: the line has no text that a rule could match",
                      (unsigned long long)line);
        return EXIT_USAGE;
    }
    return 0;
}

static void add_text(const struct unmatched_list *list, const struct unmatched_settings *settings,
                     struct buf *out)
{
    struct writer writer = {
        .out = out,
        .columns = terminal_columns(),
        .colour = terminal_colour(settings->colour),
    };

    unmatched_text_add(list, &writer, settings->all);
}

static int add_output(const struct unmatched_list *list, const struct unmatched_settings *settings,
                      struct buf *out)
{
    if (settings->draft > 0) {
        return add_draft(list, settings->draft, out);
    }
    if (strcmp(settings->output, "json") == 0) {
        unmatched_json_add(list, out);
    } else {
        add_text(list, settings, out);
    }
    return list->report->exit == EXIT_INPUT ? EXIT_INPUT : 0;
}

static int print_unmatched(const struct unmatched_settings *settings,
                           const struct input_request *request)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;
    CLEANUP(report_free_at) struct report *report = report_new();
    CLEANUP(unmatched_free_at) struct unmatched *gathered = NULL;
    CLEANUP(buf_done_at) struct buf out = { 0 };
    struct unmatched_list found = { .report = report };
    struct watcher watcher;
    int code;

    if (rule_options_load(&settings->rules, &set) < 0) {
        return EXIT_USAGE;
    }
    found.rules = rule_set_rules(set);
    gathered = unmatched_new(found.rules);
    watcher = unmatched_watcher(gathered);
    gather(request, settings->format, found.rules, report, &watcher);
    found.lines = redacted(unmatched_lines(gathered, arena), arena);
    code = add_output(&found, settings, &out);
    if (out.size) {
        (void)fwrite(out.data, 1, out.size, stdout);
    }
    return code;
}

static int run(const void *settings, const struct words *words)
{
    const struct unmatched_settings *unmatched = settings;
    CLEANUP(input_request_done) struct input_request request;
    struct error error = { 0 };

    if (input_request_init(&unmatched->input, words, &request, &error) < 0) {
        return message_usage("unmatched", "%s", error.text);
    }
    return print_unmatched(unmatched, &request);
}

const struct command command_unmatched = {
    .name = "unmatched",
    .arguments = "[FILE|DIR|-|FIELD=VALUE...]",
    .summary = "lists lines that no rule matches, or drafts a rule for one",
    .description = "Lists log lines that no rule matches, those before a death first. With --draft "
                   "it writes a rule file to start from.",
    .groups = groups,
    .settings_size = sizeof(struct unmatched_settings),
    .defaults = &(const struct unmatched_settings){ .output = "text" },
    .run = run,
};

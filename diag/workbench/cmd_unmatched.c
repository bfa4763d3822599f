/* nodecause unmatched [INPUT...]: lines that match no rule, and a rule to start from.
 *
 *   2 templates of lines match no rule, 1 of them before a death
 *
 *   1  kubelet, error, 3 times, before 3 of 3 deaths
 *      kubelet.log:812  Apr 07 22:06:29
 *        Volume table is odd volume=data-2 err=7 sectors missing
 */

#include "base/json.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/input_options.h"
#include "cli/message.h"
#include "cli/output_option.h"
#include "cli/rule_options.h"
#include "cli/terminal.h"
#include "finding/redact.h"
#include "format/format.h"
#include "pipeline.h"
#include "render/writer.h"
#include "source/journal_query.h"
#include "workbench/rule_draft.h"

#include <errno.h>
#include <stdio.h>

enum {
    SHOWN_MAX = 20, /* without --all */
    INDENT = 4
};

struct unmatched_settings {
    struct input_options input;
    struct rule_options rules;
    const char *format;
    const char *output;
    uint64_t draft; /* which line; 0: none */
    int colour;
    bool all;
};

struct answer {
    const struct rules *rules;
    const struct report *report; /* for the names of inputs */
    struct unmatched_lines lines;
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

static int gather(const struct input_request *request, const char *format,
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
    CLEANUP(pipeline_free_at) struct pipeline *pipeline = NULL;
    struct error error = { 0 };

    if (pipeline_new(&pipeline_options, &pipeline, &error) < 0) {
        message_print_error(&error);
        return -EINVAL;
    }
    read_inputs(request, pipeline);
    pipeline_finish(pipeline, report);
    return 0;
}

/* --- text --- */

static struct span input_name(const struct answer *answer, const struct origin *origin)
{
    return origin->input < answer->report->n_inputs ? answer->report->inputs[origin->input].name
                                                    : (struct span){ 0 };
}

static void add_streams(const struct answer *answer, struct buf *out, uint64_t set)
{
    const struct streams *streams = &answer->rules->streams;

    if (set & (set - 1)) { /* any stream without a sender */
        buf_add_string(out, "unknown sender");
        return;
    }
    for (size_t i = 0; i < streams->n; i++) {
        if (set >> i & 1) {
            buf_add_string(out, streams->items[i].name);
        }
    }
}

static void add_line(const struct answer *answer, const struct writer *writer, size_t at)
{
    const struct unmatched_line *line = &answer->lines.items[at];
    struct span name = input_name(answer, &line->origin);
    CLEANUP(buf_done_at) struct buf head = { 0 };
    CLEANUP(buf_done_at) struct buf place = { 0 };

    buf_printf(&head, "%-*zu", INDENT, at + 1);
    add_streams(answer, &head, line->streams);
    buf_printf(&head, ", %s, %llu %s", severity_hint_name(line->hint),
               (unsigned long long)line->count, line->count == 1 ? "time" : "times");
    if (line->before_deaths > 0) {
        buf_printf(&head, ", before %llu of %llu deaths", (unsigned long long)line->before_deaths,
                   (unsigned long long)answer->lines.deaths);
    }
    writer_line(writer, 0, STYLE_BOLD, buf_span(&head));
    buf_add(&place, name);
    if (line->origin.line > 0) {
        buf_printf(&place, ":%llu", (unsigned long long)line->origin.line);
    }
    buf_printf(&place, "  %.*s", (int)line->stamp.size, line->stamp.data);
    if (line->count > 1 && !span_equal(line->first_stamp, line->stamp)) {
        buf_printf(&place, ", first %.*s", (int)line->first_stamp.size, line->first_stamp.data);
    }
    writer_line(writer, INDENT, STYLE_DIM, buf_span(&place));
    writer_line(writer, INDENT + 2, STYLE_PLAIN, line->message);
}

static void add_text(const struct answer *answer, const struct unmatched_settings *settings,
                     struct buf *out)
{
    const struct unmatched_lines *lines = &answer->lines;
    struct writer writer = {
        .out = out,
        .columns = terminal_columns(),
        .colour = terminal_colour(settings->colour),
    };
    size_t n_before = 0, shown = settings->all || lines->n < SHOWN_MAX ? lines->n : SHOWN_MAX;

    for (size_t i = 0; i < lines->n; i++) {
        n_before += lines->items[i].before_deaths > 0;
    }
    buf_printf(out, "%zu %s no rule", lines->n,
               lines->n == 1 ? "template of lines matches" : "templates of lines match");
    if (lines->deaths > 0) {
        buf_printf(out, ", %zu of them before a death", n_before);
    }
    buf_add_byte(out, '\n');
    for (size_t i = 0; i < shown; i++) {
        buf_add_byte(out, '\n');
        add_line(answer, &writer, i);
    }
    if (shown < lines->n) {
        buf_printf(out, "\n%zu more; --all lists them\n", lines->n - shown);
    }
    if (lines->forgotten) {
        buf_printf(out, "\n%llu more templates did not fit in memory: counts are lower bounds\n",
                   (unsigned long long)lines->forgotten);
    }
}

/* --- JSON --- */

static json_t *text(struct span span)
{
    CLEANUP(buf_done_at) struct buf clean = { 0 };

    utf8_add_clean(&clean, span);
    return span_empty(span) ? json_null() : json_stringn(clean.data, clean.size);
}

static json_t *time_of(const struct moment *when)
{
    CLEANUP(buf_done_at) struct buf out = { 0 };

    if (when->time_us == TIME_UNKNOWN || !when->year_known) {
        return json_null();
    }
    calendar_add_rfc3339(&out, when->time_us, when->zone_minutes, when->zone_known);
    return text(buf_span(&out));
}

static json_t *streams_array(const struct answer *answer, uint64_t set)
{
    const struct streams *streams = &answer->rules->streams;
    json_t *array = json_array();

    for (size_t i = 0; i < streams->n; i++) {
        if (set >> i & 1) {
            json_array_append_new(array, json_string(streams->items[i].name));
        }
    }
    return array;
}

static json_t *example_object(const struct answer *answer, const struct unmatched_line *line)
{
    const struct origin *origin = &line->origin;

    return json_pack("{s:o, s:o, s:o, s:I, s:o, s:o, s:o}", "input",
                     text(input_name(answer, origin)), "member", text(origin->member), "line",
                     origin->line ? json_integer((json_int_t)origin->line) : json_null(), "offset",
                     (json_int_t)origin->offset, "cursor", text(origin->cursor), "stamp",
                     text(line->stamp), "message", text(line->message));
}

static json_t *line_object(const struct answer *answer, const struct unmatched_line *line)
{
    return json_pack("{s:o, s:o, s:s, s:I, s:I, s:o, s:o, s:o}", "template", text(line->template),
                     "streams", streams_array(answer, line->streams), "severity_hint",
                     severity_hint_name(line->hint), "count", (json_int_t)line->count,
                     "before_deaths", (json_int_t)line->before_deaths, "first",
                     time_of(&line->first), "last", time_of(&line->last), "example",
                     example_object(answer, line));
}

static int add_bytes(const char *bytes, size_t size, void *data)
{
    buf_add(data, (struct span){ bytes, size });
    return 0;
}

static void add_json(const struct answer *answer, struct buf *out)
{
    json_t *lines = json_array(), *root;

    for (size_t i = 0; i < answer->lines.n; i++) {
        json_array_append_new(lines, line_object(answer, &answer->lines.items[i]));
    }
    root =
        json_pack("{s:i, s:I, s:I, s:o}", "schema", 1, "deaths", (json_int_t)answer->lines.deaths,
                  "forgotten", (json_int_t)answer->lines.forgotten, "unmatched", lines);
    (void)json_dump_callback(root, add_bytes, out, JSON_INDENT(2));
    buf_add_byte(out, '\n');
    json_decref(root);
}

/* --- the command --- */

static int add_draft(const struct answer *answer, uint64_t line, struct buf *out)
{
    if (line > answer->lines.n) {
        message_print("--draft=%llu: the list has %zu lines", (unsigned long long)line,
                      answer->lines.n);
        return EXIT_USAGE;
    }
    if (!rule_draft_add(out, answer->rules, &answer->lines.items[line - 1])) {
        message_print("--draft=%llu: the line has no text that a rule could match",
                      (unsigned long long)line);
        return EXIT_USAGE;
    }
    return 0;
}

static int add_answer(const struct answer *answer, const struct unmatched_settings *settings,
                      struct buf *out)
{
    if (settings->draft > 0) {
        return add_draft(answer, settings->draft, out);
    }
    if (strcmp(settings->output, "json") == 0) {
        add_json(answer, out);
    } else {
        add_text(answer, settings, out);
    }
    return answer->report->exit == EXIT_INPUT ? EXIT_INPUT : 0;
}

static int list(const struct unmatched_settings *settings, const struct input_request *request)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;
    CLEANUP(report_free_at) struct report *report = report_new();
    CLEANUP(unmatched_free_at) struct unmatched *gathered = NULL;
    CLEANUP(buf_done_at) struct buf out = { 0 };
    struct answer found = { .report = report };
    struct watcher watcher;
    int code;

    if (rule_options_load(&settings->rules, &set) < 0) {
        return EXIT_USAGE;
    }
    found.rules = rule_set_rules(set);
    gathered = unmatched_new(found.rules);
    watcher = unmatched_watcher(gathered);
    if (gather(request, settings->format, found.rules, report, &watcher) < 0) {
        return EXIT_USAGE;
    }
    found.lines = redacted(unmatched_lines(gathered, arena), arena);
    code = add_answer(&found, settings, &out);
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
    return list(unmatched, &request);
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

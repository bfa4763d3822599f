/* nodecause unmatched [INPUT...]: lines that no rule knows, and a rule to start from.
 *
 *   2 kinds of lines that no rule knows, 1 of them before a death
 *
 *   1  kubelet, error, 3 times, before 3 of 3 deaths
 *      kubelet.log:812  Apr 07 22:06:29
 *        Volume table is odd volume=data-2 err=7 sectors missing
 */

#include "base/json.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/options.h"
#include "cli/rules_of.h"
#include "cli/terminal.h"
#include "cli/work.h"
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

struct asked {
    struct options options;
    uint64_t draft; /* which line; 0: none */
};

struct answer {
    const struct rules *rules;
    const struct report *report; /* for the names of inputs */
    struct unmatched_lines lines;
};

/* --- gathering --- */

static void read_inputs(const struct options *options, struct pipeline *pipeline)
{
    bool from_pipe = !options_want_journal(options) && terminal_has_input();

    pipeline_read_paths(pipeline, options->paths.items, options->paths.n);
    if (options->paths.n == 0) {
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

static int gather(const struct options *options, const struct rules *rules, struct report *report,
                  const struct watcher *watcher)
{
    struct journal_query query = journal_query_from(&options->journal);
    struct pipeline_options pipeline_options = {
        .rules = rules,
        .query = &query,
        .watcher = watcher,
        .fail_on = (enum rule_severity)options->fail_on,
    };
    CLEANUP(pipeline_free_at) struct pipeline *pipeline = NULL;
    struct error error = { 0 };

    if (options->format && !(pipeline_options.format = format_find(span_of(options->format)))) {
        message_print("no format is called '%s'; see nodecause formats", options->format);
        return -EINVAL;
    }
    if (pipeline_new(&pipeline_options, &pipeline, &error) < 0) {
        message_print_error(&error);
        return -EINVAL;
    }
    read_inputs(options, pipeline);
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

    if (set & (set - 1)) { /* it names no sender */
        buf_add_string(out, "no sender");
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

static void add_text(const struct answer *answer, const struct options *options, struct buf *out)
{
    const struct unmatched_lines *lines = &answer->lines;
    struct writer writer = {
        .out = out,
        .columns = terminal_columns(),
        .colour = terminal_colour(options->colour),
    };
    size_t n_before = 0, shown = options->all || lines->n < SHOWN_MAX ? lines->n : SHOWN_MAX;

    for (size_t i = 0; i < lines->n; i++) {
        n_before += lines->items[i].before_deaths > 0;
    }
    buf_printf(out, "%zu %s no rule knows", lines->n,
               lines->n == 1 ? "kind of line that" : "kinds of lines that");
    if (lines->deaths > 0) {
        buf_printf(out, ", %zu of them before a death", n_before);
    }
    buf_add_byte(out, '\n');
    for (size_t i = 0; i < shown; i++) {
        buf_add_byte(out, '\n');
        add_line(answer, &writer, i);
    }
    if (shown < lines->n) {
        buf_printf(out, "\n%zu more, --all shows them\n", lines->n - shown);
    }
    if (lines->forgotten) {
        buf_printf(out, "\n%llu kinds of lines were too many to be kept: counts are lower bounds\n",
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

static int answer(const struct asked *asked, const struct answer *answer, struct buf *out)
{
    if (asked->draft > answer->lines.n) {
        message_print("there is no line %llu to draft a rule from; %zu are known",
                      (unsigned long long)asked->draft, answer->lines.n);
        return EXIT_USAGE;
    }
    if (asked->draft > 0 &&
        !rule_draft_add(out, answer->rules, &answer->lines.items[asked->draft - 1])) {
        message_print("line %llu holds no text that a rule could look for",
                      (unsigned long long)asked->draft);
        return EXIT_USAGE;
    }
    if (asked->draft > 0) {
        return 0;
    }
    if (strcmp(asked->options.output, "json") == 0) {
        add_json(answer, out);
    } else {
        add_text(answer, &asked->options, out);
    }
    return answer->report->exit == EXIT_INPUT ? EXIT_INPUT : 0;
}

static int unmatched(const struct asked *asked)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;
    CLEANUP(report_free_at) struct report *report = report_new();
    CLEANUP(unmatched_free_at) struct unmatched *gathered = NULL;
    CLEANUP(buf_done_at) struct buf out = { 0 };
    struct answer found = { .report = report };
    struct watcher watcher;
    int code;

    if (rules_of_options(&asked->options, &set) < 0) {
        return EXIT_USAGE;
    }
    found.rules = rule_set_rules(set);
    gathered = unmatched_new(found.rules);
    watcher = unmatched_watcher(gathered);
    if (gather(&asked->options, found.rules, report, &watcher) < 0) {
        return EXIT_USAGE;
    }
    found.lines = redacted(unmatched_lines(gathered, arena), arena);
    code = answer(asked, &found, &out);
    if (out.size) {
        (void)fwrite(out.data, 1, out.size, stdout);
    }
    return terminal_finish(0) < 0 ? EXIT_USAGE : code;
}

/* Takes `--draft` and `--draft=N` out of the arguments; all others are those of diagnose. */
static bool take_draft(int *argc, char **argv, uint64_t *ret)
{
    int n = 0;

    for (int i = 0; i < *argc; i++) {
        struct span word = span_of(argv[i]);

        if (span_is(word, "--draft")) {
            *ret = 1;
        } else if (!span_starts(word, SPAN("--draft="))) {
            argv[n++] = argv[i];
        } else if (!span_to_uint(span_skip(word, strlen("--draft=")), ret) || *ret == 0) {
            return false;
        }
    }
    *argc = n;
    argv[n] = NULL;
    return true;
}

static int run(int argc, char **argv)
{
    struct asked asked = { 0 };
    struct error error = { 0 };
    int code = EXIT_USAGE;

    if (!take_draft(&argc, argv, &asked.draft)) {
        message_print("--draft=N: N is the number of a line in the list, from 1");
        return EXIT_USAGE;
    }
    if (options_parse(argc, argv, work_now_us(), &asked.options, &error) < 0) {
        message_print_error(&error);
    } else if (strcmp(asked.options.output, "text") != 0 &&
               strcmp(asked.options.output, "json") != 0) {
        message_print("-o %s: the lines can be had as text or json", asked.options.output);
    } else {
        code = unmatched(&asked);
    }
    options_done(&asked.options);
    return code;
}

const struct command command_unmatched = {
    .name = "unmatched",
    .summary = "lists lines that no rule knows, or drafts a rule for one",
    .usage = "unmatched [--draft[=N]] [OPTION...] [FILE|DIR|-]",
    .run = run,
};

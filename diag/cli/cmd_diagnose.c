/* nodecause [diagnose] [OPTION...] [FILE|DIR|-|FIELD=VALUE...]: the default command. */

#include "base/clock.h"
#include "cli/command.h"
#include "cli/follow.h"
#include "cli/input_options.h"
#include "cli/layout_options.h"
#include "cli/list_boots.h"
#include "cli/list_invocations.h"
#include "cli/message.h"
#include "cli/progress_line.h"
#include "cli/rule_options.h"
#include "cli/terminal.h"
#include "nodecause.h"

#include <errno.h>
#include <stdio.h>

struct diagnose {
    struct input_options input;
    struct rule_options rules;
    const char *format, *layout, *node;
    const char *output; /* a renderer */
    const char *cursor_file;
    int fail_on;          /* enum diag_severity */
    int colour, progress; /* enum progress_when */
    unsigned threads;     /* 0: as the library thinks best */
    bool no_host_state, all, utc;
    bool follow, list_boots, list_invocations;
};

/* ---- options ---- */

enum {
    THREADS_MAX = 64
};

#define MEMBER(name) .offset = offsetof(struct diagnose, name)

static const char *renderer_word(size_t i)
{
    diag_renderer renderer;

    return diag_renderer_at(i, &renderer) ? renderer.name : NULL;
}

static const char *severity_word(size_t i)
{
    return diag_severity_name((enum diag_severity)i);
}

static int store_threads(const struct cli_option *option, const char *text, void *member,
                         struct error *reterr)
{
    uint64_t threads;

    (void)option;
    if (!span_to_uint(span_of(text), &threads) || threads == 0 || threads > THREADS_MAX) {
        return error_set(reterr, -EINVAL, "must be a number from 1 to %d", THREADS_MAX);
    }
    *(unsigned *)member = (unsigned)threads;
    return 0;
}

/* clang-format off */
static const struct cli_option speed_options[] = {
    { "threads", 0, "N", "use at most N threads (default 2)", store_threads, MEMBER(threads) },
    { 0 },
};

static const struct cli_option journal_options[] = {
    { "follow", 'f', NULL, "keep reading what is written; also files and pipes", option_flag, MEMBER(follow) },
    { "cursor-file", 0, "FILE", "only what is new since the last run with this file", option_text, MEMBER(cursor_file) },
    { "list-boots", 0, NULL, "only list the boots of the journal", option_flag, MEMBER(list_boots) },
    { "list-invocations", 0, NULL, "only list the runs of -u UNIT; default kubelet", option_flag, MEMBER(list_invocations) },
    { 0 },
};

static const struct cli_option state_options[] = {
    { "no-host-state", 0, NULL, "ignore this host's fstab, df, sysctl, ...", option_flag, MEMBER(no_host_state) },
    { 0 },
};

static const struct cli_option output_options[] = {
    { "output", 'o', "FORMAT", "format of the report", option_word, MEMBER(output), .choice = renderer_word },
    { "node", 0, "NAME", "only this node of several", option_text, MEMBER(node) },
    { "all", 0, NULL, "also the consequences of each cause, and all evidence", option_flag, MEMBER(all) },
    { "utc", 0, NULL, "times in UTC", option_flag, MEMBER(utc) },
    { "fail-on", 0, "SEVERITY", "exit 1 from this severity (default error)", option_index, MEMBER(fail_on), .choice = severity_word },
    { 0 },
};

static const struct option_group groups[] = {
    { "Journal, as in journalctl", input_options, MEMBER(input) },
    { NULL, journal_options, 0 },
    { "Input", format_options, MEMBER(format) },
    { NULL, layout_options, MEMBER(layout) },
    { NULL, rule_options, MEMBER(rules) },
    { NULL, state_options, 0 },
    { NULL, speed_options, 0 },
    { "Output", output_options, 0 },
    { NULL, colour_options, MEMBER(colour) },
    { NULL, progress_options, MEMBER(progress) },
    { 0 },
};
/* clang-format on */

/* ---- the diagnosis ---- */

static struct error place_of(const diag_error *error)
{
    struct error place = { .line = error->line, .column = error->column };

    (void)snprintf(place.path, sizeof(place.path), "%s", error->path);
    (void)snprintf(place.text, sizeof(place.text), "%s", error->text);
    (void)snprintf(place.excerpt, sizeof(place.excerpt), "%s", error->excerpt);
    return place;
}

static int fail(const diag_error *error)
{
    const struct error place = place_of(error);

    message_print_error(&place);
    return DIAG_EXIT_USAGE;
}

static void print_skipped(void *data, const diag_error *error)
{
    const struct error place = place_of(error);

    progress_line_clear(data);
    message_print_skipped(&place);
}

static void show_progress(void *data, const diag_progress *progress)
{
    progress_line_show(data, clock_monotonic_us(), progress);
}

static bool names_journal(const diag_journal *journal)
{
    return journal->directory || journal->root || journal->machine || journal->n_files > 0;
}

/* Files when some are named, with the journal named beside them; the journal when it is asked for,
 * else whatever waits on standard input, else the live journal. */
static void add_inputs(const struct diagnose *diagnose, const struct input_request *request,
                       diag_run *run)
{
    bool wants_journal = input_request_wants_journal(request) || diagnose->cursor_file;

    for (size_t i = 0; i < request->paths.n; i++) {
        diag_add_path(run, request->paths.items[i]);
    }
    if (request->paths.n > 0) {
        if (names_journal(&request->journal)) {
            diag_add_path(run, NULL);
        }
    } else if (!wants_journal && terminal_has_input()) {
        diag_add_path(run, "-");
    } else {
        diag_add_path(run, NULL);
    }
}

static diag_render_options render_options(const struct diagnose *diagnose)
{
    diag_render_options how = DIAG_RENDER_OPTIONS_INIT;

    how.colour = terminal_colour(diagnose->colour);
    how.columns = terminal_columns();
    how.all = diagnose->all;
    how.utc = diagnose->utc;
    return how;
}

/* EPIPE: the reader of the output closed it; it has seen enough, and that is not a failure. */
static int follow(const struct diagnose *diagnose, diag_run *run)
{
    diag_render_options how = render_options(diagnose);
    const struct follow_request request = {
        .renderer = diagnose->output,
        .cursor_file = diagnose->cursor_file,
        .once = !diagnose->follow,
        .quiet = diagnose->input.quiet,
    };
    diag_error error = { 0 };
    int r = cli_follow(&request, run, &how, &error);

    if (r >= 0 || r == -EPIPE) {
        return r < 0 ? DIAG_EXIT_NOTHING : r;
    }
    (void)fail(&error);
    return r == -ENOENT || r == -EACCES ? DIAG_EXIT_INPUT : DIAG_EXIT_USAGE;
}

static int report(const struct diagnose *diagnose, diag_run *run, struct progress_line *line)
{
    diag_render_options how = render_options(diagnose);
    diag_error error = { 0 };
    int r;

    r = diag_execute(run, &error);
    progress_line_clear(line);
    if (r < 0) {
        return fail(&error);
    }
    r = terminal_finish(diag_render(run, diagnose->output, &how, terminal_write, NULL));
    return r < 0 && r != -EPIPE ? DIAG_EXIT_USAGE : diag_exit_code(run);
}

static int run_diagnosis(const struct diagnose *diagnose, const struct input_request *request)
{
    struct progress_line line = progress_line_start(diagnose->progress);
    diag_options options = DIAG_OPTIONS_INIT;
    diag_error error = { 0 };
    diag_run *run;
    int code;

    options.rule_directories = diagnose->rules.directories.items;
    options.no_builtin_rules = diagnose->rules.no_builtin;
    options.rules_path = rule_options_path(&diagnose->rules);
    options.strict_rules = diagnose->rules.strict;
    options.on_skipped_rule = print_skipped;
    options.on_progress = line.out ? show_progress : NULL;
    options.data = &line;
    options.no_host_state = diagnose->no_host_state;
    options.threads = diagnose->threads;
    options.format = diagnose->format;
    options.layout = diagnose->layout;
    options.node = diagnose->node;
    options.fail_on = (enum diag_severity)diagnose->fail_on;
    options.journal = &request->journal;
    if (diag_new(&options, &run, &error) < 0) {
        return fail(&error);
    }
    add_inputs(diagnose, request, run);
    code = diagnose->follow || diagnose->cursor_file ? follow(diagnose, run)
                                                     : report(diagnose, run, &line);
    diag_free(run);
    return code;
}

/* ---- the command ---- */

static int run(const void *settings, const struct words *words)
{
    const struct diagnose *diagnose = settings;
    CLEANUP(input_request_done) struct input_request request;
    struct error error = { 0 };

    if (input_request_init(&diagnose->input, words, &request, &error) < 0) {
        return message_usage("diagnose", "%s", error.text);
    }
    if (diagnose->cursor_file && request.paths.n > 0) {
        return message_usage("diagnose", "--cursor-file needs a journal, not files");
    }
    if (diagnose->node && (diagnose->follow || diagnose->cursor_file)) {
        return message_usage("diagnose", "--node is for one report at the end, not for %s",
                             diagnose->follow ? "-f" : "--cursor-file");
    }
    if (diagnose->list_invocations) {
        return list_invocations(&request, diagnose->utc);
    }
    if (diagnose->list_boots) {
        return list_boots(&request, diagnose->utc);
    }
    return run_diagnosis(diagnose, &request);
}

const struct command command_diagnose = {
    .name = "diagnose",
    .arguments = "[FILE|DIR|-|FIELD=VALUE...]",
    .summary = "explains why the node failed (the default)",
    .description = "Explains why a Kubernetes node failed: from this host's journal and state, "
                   "from logs on standard input, or from files and directories.",
    .groups = groups,
    .settings_size = sizeof(struct diagnose),
    .defaults = &(const struct diagnose){ .output = "text", .fail_on = DIAG_ERROR },
    .run = run,
};

/* nodecause [diagnose] [OPTION...] [FILE|DIR|-|FIELD=VALUE...]: the default command. */

#include "base/buf.h"
#include "cli/command.h"
#include "cli/follow.h"
#include "cli/list_boots.h"
#include "cli/list_invocations.h"
#include "cli/message.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "cli/work.h"
#include "nodecause.h"

#include <errno.h>
#include <stdio.h>

static int fail(const diag_error *error)
{
    struct error place = { .line = error->line, .column = error->column };

    (void)snprintf(place.path, sizeof(place.path), "%s", error->path);
    (void)snprintf(place.text, sizeof(place.text), "%s", error->text);
    (void)snprintf(place.excerpt, sizeof(place.excerpt), "%s", error->excerpt);
    message_print_error(&place);
    return DIAG_EXIT_USAGE;
}

static bool names_journal(const diag_journal *journal)
{
    return journal->directory || journal->root || journal->machine || journal->n_files > 0;
}

/* Files when some are named, with the journal named beside them; the journal when it is asked for,
 * else whatever waits on standard input, else the live journal. */
static void add_inputs(const struct options *options, diag_run *run)
{
    for (size_t i = 0; i < options->paths.n; i++) {
        diag_add_path(run, options->paths.items[i]);
    }
    if (options->paths.n > 0) {
        if (names_journal(&options->journal)) {
            diag_add_path(run, NULL);
        }
        return;
    }
    if (!options_want_journal(options) && terminal_has_input()) {
        diag_add_path(run, "-");
    } else {
        diag_add_path(run, NULL);
    }
}

static diag_render_options render_options(const struct options *options)
{
    diag_render_options how = DIAG_RENDER_OPTIONS_INIT;

    how.colour = terminal_colour(options->colour);
    how.columns = terminal_columns();
    how.all = options->all;
    how.utc = options->utc;
    return how;
}

static bool check_output(const char *name)
{
    CLEANUP(buf_done_at) struct buf names = { 0 };
    diag_renderer renderer;

    for (size_t i = 0; diag_renderer_at(i, &renderer); i++) {
        if (strcmp(name, renderer.name) == 0) {
            return true;
        }
        buf_printf(&names, "%s%s", names.size ? ", " : "", renderer.name);
    }
    message_print("-o %s: the report can be had as %s", name, names.data);
    return false;
}

/* Nobody reads what we write any more: that is no failure, the reader has seen enough. */
static int follow(const struct options *options, diag_run *run)
{
    diag_render_options how = render_options(options);
    diag_error error = { 0 };
    int r;

    if (options->cursor_file && options->paths.n > 0) {
        message_print("--cursor-file goes with a journal, not with files");
        return DIAG_EXIT_USAGE;
    }
    r = cli_follow(options, run, &how, &error);
    if (r >= 0 || r == -EPIPE) {
        return r < 0 ? DIAG_EXIT_NOTHING : r;
    }
    (void)fail(&error);
    return r == -ENOENT || r == -EACCES ? DIAG_EXIT_INPUT : DIAG_EXIT_USAGE;
}

static int report(const struct options *options, diag_run *run)
{
    diag_render_options how = render_options(options);
    diag_error error = { 0 };
    int r;

    if (diag_execute(run, &error) < 0) {
        return fail(&error);
    }
    r = terminal_finish(diag_render(run, options->output, &how, terminal_write, NULL));
    return r < 0 && r != -EPIPE ? DIAG_EXIT_USAGE : diag_exit_code(run);
}

static int diagnose(const struct options *options)
{
    diag_options run_options = DIAG_OPTIONS_INIT;
    diag_error error = { 0 };
    diag_run *run;
    int code;

    run_options.rule_directories = options->rule_directories.items;
    run_options.no_builtin_rules = options->no_builtin;
    run_options.no_host_state = options->no_host_state;
    run_options.format = options->format;
    run_options.fail_on = (enum diag_severity)options->fail_on;
    run_options.journal = &options->journal;
    if (!check_output(options->output)) {
        return DIAG_EXIT_USAGE;
    }
    if (diag_new(&run_options, &run, &error) < 0) {
        return fail(&error);
    }
    add_inputs(options, run);
    code = options->follow || options->cursor_file ? follow(options, run) : report(options, run);
    diag_free(run);
    return code;
}

static int dispatch(const struct options *options)
{
    if (options->list_invocations) {
        return list_invocations(options);
    }
    return options->list_boots ? list_boots(options) : diagnose(options);
}

static int run(int argc, char **argv)
{
    return work_with_options(argc, argv, work_now_us(), dispatch);
}

const struct command command_diagnose = {
    .name = "diagnose",
    .summary = "says why the node failed (the default)",
    .usage = "diagnose [OPTION...]",
    .run = run,
};

/* The public interface: one handle for the rules, inputs, pipeline and report of one run. */

#include "nodecause.h"

#include "base/progress.h"
#include "base/vec.h"
#include "entry/grep.h"
#include "finding/one_node.h"
#include "follow/follow.h"
#include "format/format.h"
#include "layout/search.h"
#include "pipeline.h"
#include "render/render.h"
#include "rule/rule_search.h"
#include "source/journal_query.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

struct diag_run {
    diag_options options;
    struct journal_query query;
    struct rule_search search;
    struct rule_set *rules;
    const struct format *format;
    VEC(char *) paths; /* NULL: this host's journal */
    struct report *report;
};

static int report_error(diag_error *reterr, const struct error *error, int code)
{
    if (!reterr) {
        return code;
    }
    *reterr = (diag_error){ .line = error->line, .column = error->column };
    (void)snprintf(reterr->path, sizeof(reterr->path), "%s", error->path);
    (void)snprintf(reterr->text, sizeof(reterr->text), "%s", error->text);
    (void)snprintf(reterr->excerpt, sizeof(reterr->excerpt), "%s", error->excerpt);
    return code;
}

static void tell_skipped(void *data, const struct error *error)
{
    const diag_run *run = data;
    diag_error ours;

    (void)report_error(&ours, error, 0);
    run->options.on_skipped_rule(run->options.data, &ours);
}

static struct rule_search search_of(const diag_run *run)
{
    return (struct rule_search){
        .no_builtin = run->options.no_builtin_rules,
        .path = run->options.rules_path,
        .directories = run->options.rule_directories,
        .strict = run->options.strict_rules,
        .on_skip = run->options.on_skipped_rule ? tell_skipped : NULL,
        .data = (void *)run,
    };
}

/* `again`: while following. Then a bad file refuses the new rules: the old ones are better. */
static int load_rules(const diag_run *run, bool again, struct rule_set **ret, struct error *reterr)
{
    struct rule_search search = run->search;

    search.strict = search.strict || again;
    return rule_search_load(&search, ret, reterr);
}

/* Layouts are loaded for the first bundle. That is too late to refuse bad ones, or a name. */
static int check_layouts(const diag_run *run, struct error *reterr)
{
    struct rule_search search = run->search;
    struct layout_search layouts = { 0 };
    const struct layout *forced;
    int r = 0;

    if (!run->options.layout && !search.strict) {
        return 0;
    }
    search.on_skip = NULL;
    r = layout_search_load(&search, &layouts, reterr);
    if (r >= 0 && run->options.layout) {
        r = layout_search_find(&layouts, run->options.layout, &forced, reterr);
    }
    layout_search_done(&layouts);
    return r;
}

static int find_format(diag_run *run, struct error *reterr)
{
    const char *name = run->options.format;

    if (!name) {
        return 0;
    }
    run->format = format_find(span_of(name));
    if (!run->format) {
        return error_set(reterr, -EINVAL, "no format is called '%s'; see nodecause formats", name);
    }
    return 0;
}

static int check_version(const char *what, unsigned version, unsigned ours, struct error *reterr)
{
    return version == ours
               ? 0
               : error_set(reterr, -EINVAL, "%s has version %u, not %u", what, version, ours);
}

/* What is checked here need not be checked for each journal and text. */
static int check_journal(const struct journal_query *query, struct error *reterr)
{
    CLEANUP(pattern_free_at) struct pattern *pattern = NULL;

    return query->grep ? grep_compile(query->grep, query->grep_case, &pattern, reterr) : 0;
}

static int take_options(diag_run *run, const diag_options *options, struct error *reterr)
{
    const diag_journal *journal = options->journal;
    int r = check_version("diag_options", options->version, DIAG_OPTIONS_VERSION, reterr);

    if (r >= 0 && journal) {
        r = check_version("diag_journal", journal->version, DIAG_JOURNAL_VERSION, reterr);
    }
    if (r < 0) {
        return r;
    }
    run->options = *options;
    run->search = search_of(run);
    run->query = journal_query_from(journal);
    return check_journal(&run->query, reterr);
}

int diag_new(const diag_options *options, diag_run **ret, diag_error *reterr)
{
    static const diag_options defaults = DIAG_OPTIONS_INIT;
    diag_run *run = ALLOC(diag_run);
    struct error error = { 0 };
    int r = take_options(run, options ? options : &defaults, &error);

    if (r >= 0) {
        r = find_format(run, &error);
    }
    if (r >= 0) {
        r = load_rules(run, /* again= */ false, &run->rules, &error);
    }
    if (r >= 0) {
        r = check_layouts(run, &error);
    }
    if (r < 0) {
        diag_free(run);
        return report_error(reterr, &error, r);
    }
    *ret = run;
    return 0;
}

void diag_free(diag_run *run)
{
    if (!run) {
        return;
    }
    for (size_t i = 0; i < run->paths.n; i++) {
        free(run->paths.items[i]);
    }
    vec_free(&run->paths);
    report_free(run->report);
    rule_set_free(run->rules);
    free(run);
}

void diag_add_path(diag_run *run, const char *path)
{
    vec_push(&run->paths, alloc_string(path));
}

static unsigned default_threads(void)
{
    return sysconf(_SC_NPROCESSORS_ONLN) > 1 ? 2 : 1;
}

static struct pipeline_options pipeline_options(const diag_run *run)
{
    return (struct pipeline_options){
        .rules = rule_set_rules(run->rules),
        .format = run->format,
        .query = &run->query,
        .host_state = !run->options.no_host_state,
        .threads = run->options.threads ? run->options.threads : default_threads(),
        .search = &run->search,
        .layout = run->options.layout,
        .node = run->options.node,
        .fail_on = (enum rule_severity)run->options.fail_on,
    };
}

static void show_progress(void *data, const struct progress *progress)
{
    const diag_run *run = data;
    struct buf name = { 0 };

    buf_add(&name, progress->now);
    run->options.on_progress(run->options.data,
                             &(const diag_progress){ .now = name.data ? name.data : "",
                                                     .files = progress->files,
                                                     .n_files = progress->n_files,
                                                     .bytes = progress->bytes });
    buf_done(&name);
}

int diag_execute(diag_run *run, diag_error *reterr)
{
    struct pipeline_options options = pipeline_options(run);
    struct progress progress = { .show = show_progress, .data = run };
    CLEANUP(pipeline_free_at) struct pipeline *pipeline = NULL;
    struct error error = { 0 };
    int r;

    assert(!run->report);
    options.progress = run->options.on_progress ? &progress : NULL;
    pipeline = pipeline_new(&options);
    pipeline_read_paths(pipeline, (const char *const *)run->paths.items, run->paths.n);
    run->report = report_new();
    pipeline_finish(pipeline, run->report);
    if (run->options.node && !report_has_node(run->report, span_of(run->options.node))) {
        r = report_refuse_node(run->report, span_of(run->options.node), &error);
        return report_error(reterr, &error, r);
    }
    return 0;
}

static int take_render_options(const diag_render_options *options, struct render_options *ret,
                               struct error *reterr)
{
    static const diag_render_options defaults = DIAG_RENDER_OPTIONS_INIT;
    const diag_render_options *ours = options ? options : &defaults;

    *ret = (struct render_options){
        .colour = ours->colour,
        .all = ours->all,
        .columns = ours->columns,
        .utc = ours->utc,
        .version = diag_version(),
    };
    return check_version("diag_render_options", ours->version, DIAG_RENDER_OPTIONS_VERSION, reterr);
}

int diag_renderer_at(size_t index, diag_renderer *ret)
{
    const struct renderer *const *renderer = renderers;

    while (*renderer && index > 0) {
        renderer++;
        index--;
    }
    if (!*renderer) {
        return 0;
    }
    *ret = (diag_renderer){
        .name = (*renderer)->name,
        .summary = (*renderer)->summary,
        .can_follow = (*renderer)->render_change != NULL,
    };
    return 1;
}

int diag_render(const diag_run *run, const char *renderer, const diag_render_options *options,
                diag_write write, void *data)
{
    const struct renderer *found = renderer_find(span_of(renderer));
    CLEANUP(buf_done_at) struct buf out = { 0 };
    struct render_options how;
    int r;

    assert(run->report);
    if (!found || take_render_options(options, &how, NULL) < 0) {
        return -EINVAL;
    }
    found->render(run->report, &how, &out);
    r = write(data, out.data, out.size);
    return r < 0 ? r : 0;
}

/* --- following --- */

struct follower {
    const diag_run *run;
    const diag_follow_options *options;
};

static enum follow_command control(void *data)
{
    const struct follower *follower = data;

    switch (follower->options->control(follower->options->data)) {
    case DIAG_RELOAD_RULES:
        return FOLLOW_RELOAD;
    case DIAG_STATUS:
        return FOLLOW_STATUS;
    case DIAG_STOP:
        return FOLLOW_STOP;
    case DIAG_GO_ON:
        break;
    }
    return FOLLOW_GO_ON;
}

static int write_through(void *data, const char *bytes, size_t size)
{
    const struct follower *follower = data;

    return follower->options->write(follower->options->data, bytes, size);
}

static void say(void *data, const char *sentence)
{
    const struct follower *follower = data;

    if (follower->options->say) {
        follower->options->say(follower->options->data, sentence);
    }
}

static int load_rules_again(void *data, struct rule_set **ret, struct error *reterr)
{
    const struct follower *follower = data;

    return load_rules(follower->run, /* again= */ true, ret, reterr);
}

static int check_follow(const diag_follow_options *follow, const struct renderer *renderer,
                        const char *name, struct error *reterr)
{
    int r =
        check_version("diag_follow_options", follow->version, DIAG_FOLLOW_OPTIONS_VERSION, reterr);

    if (r >= 0 && (!renderer || !renderer->render_change)) {
        r = error_set(reterr, -EINVAL,
                      "-o %s prints one document at the end; with -f use -o ndjson", name);
    }
    return r;
}

int diag_follow(diag_run *run, const char *renderer, const diag_render_options *options,
                const diag_follow_options *follow, diag_error *reterr)
{
    struct follower follower = { run, follow };
    struct follow_options how = {
        .pipeline = pipeline_options(run),
        .paths = (const char *const *)run->paths.items,
        .n_paths = run->paths.n,
        .renderer = renderer_find(span_of(renderer)),
        .cursor_file = follow->cursor_file,
        .once = follow->once,
        .control_fd = follow->control_fd,
        .control = control,
        .output_fd = follow->output_fd,
        .write = write_through,
        .say = say,
        .load_rules = load_rules_again,
        .data = &follower,
    };
    struct error error = { 0 };
    int r = check_follow(follow, how.renderer, renderer, &error);

    if (r >= 0) {
        r = take_render_options(options, &how.render, &error);
    }
    if (r >= 0) {
        r = follow_run(&how, &error);
    }
    return r < 0 ? report_error(reterr, &error, r) : r;
}

/* --- names and numbers --- */

static_assert((int)DIAG_INFO == (int)RULE_INFO && (int)DIAG_CRITICAL == (int)RULE_CRITICAL,
              "severities are passed through");
static_assert((int)DIAG_EXIT_NOTHING == (int)EXIT_NOTHING &&
                  (int)DIAG_EXIT_INCONCLUSIVE == (int)EXIT_INCONCLUSIVE,
              "exit codes are passed through");

const char *diag_severity_name(enum diag_severity severity)
{
    bool known = (int)severity >= DIAG_INFO && (int)severity <= DIAG_CRITICAL;

    return known ? rule_severity_name((enum rule_severity)severity) : NULL;
}

int diag_exit_code(const diag_run *run)
{
    assert(run->report);
    return (int)run->report->exit;
}

const char *diag_version(void)
{
    return NODECAUSE_VERSION;
}

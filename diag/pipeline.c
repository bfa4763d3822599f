/* The flow: input (source, format) -> match -> signal -> timeline -> reason -> verdict. */

#include "pipeline.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "entry/sample.h"
#include "finding/node_health.h"
#include "finding/one_node.h"
#include "finding/redact.h"
#include "input/inputs.h"
#include "match/matcher.h"
#include "reason/places.h"
#include "reason/reason.h"
#include "signal/store.h"
#include "state/host_tables.h"
#include "state/inventory.h"
#include "timeline/boots.h"
#include "timeline/runs.h"
#include "unexplained/last_words.h"
#include "unexplained/watcher.h"
#include "verdict/outcome.h"
#include "verdict/sentence.h"
#include "verdict/verdict.h"

#include <stdlib.h>
#include <string.h>

struct pipeline {
    struct pipeline_options options;
    struct inputs *inputs;
    struct matcher *matcher;
    struct store *store;
    struct inventory *inventory;
    struct activity *activity;
    struct last_words *last_words;
    struct watcher watchers[2]; /* of the last words, and the one of the options */
    size_t n_watchers;
    struct line_filter filter;
    struct notes *notes;
    int64_t started_us;
    uint64_t n_opened;    /* inputs, with those that failed */
    uint64_t n_bytes;     /* of all batches */
    uint64_t n_forgotten; /* times that the older half of the store was */
};

static void watch(void *data, const struct signal *signal, position at)
{
    struct pipeline *pipeline = data;

    for (size_t i = 0; i < pipeline->n_watchers; i++) {
        pipeline->watchers[i].note(pipeline->watchers[i].data, signal, at);
    }
}

static void note_skipped_rules(const struct rules *rules, struct notes *notes)
{
    for (size_t i = 0; i < rules->n_skipped; i++) {
        const struct error *error = &rules->skipped[i];

        notes_add(notes, NOTE_RULE_SKIPPED, span_of(error->path), error->line,
                  "skipped this rule file: %s", error->text);
    }
}

static void open_stages(struct pipeline *pipeline)
{
    const struct pipeline_options *options = &pipeline->options;

    pipeline->filter = matcher_filter(pipeline->matcher);
    pipeline->inputs = inputs_new(&(struct intake){
        .format = options->format,
        .query = options->query,
        .streams = &options->rules->streams,
        .host_state = options->host_state,
        .threads = options->threads,
        .filter = options->watcher || options->reference ? NULL : &pipeline->filter,
        .search = options->search,
        .layout = options->layout,
        .progress = options->progress,
    });
    pipeline->store = store_new();
    pipeline->inventory = inventory_new();
    pipeline->notes = notes_new();
    note_skipped_rules(options->rules, pipeline->notes);
    pipeline->activity = activity_new();
    pipeline->last_words = last_words_new(options->rules);
    pipeline->watchers[pipeline->n_watchers++] = last_words_watcher(pipeline->last_words);
    if (options->watcher) {
        pipeline->watchers[pipeline->n_watchers++] = *options->watcher;
    }
    if (options->reference) {
        matcher_try_all(pipeline->matcher);
    }
    matcher_trace(pipeline->matcher, options->trace);
    matcher_watch(pipeline->matcher, watch, pipeline);
}

struct pipeline *pipeline_new(const struct pipeline_options *options)
{
    struct pipeline *pipeline = ALLOC(struct pipeline);

    pipeline->options = *options;
    pipeline->started_us = clock_monotonic_us();
    pipeline->matcher = matcher_new(options->rules);
    open_stages(pipeline);
    return pipeline;
}

void pipeline_free(struct pipeline *pipeline)
{
    if (!pipeline) {
        return;
    }
    inputs_free(pipeline->inputs);
    matcher_free(pipeline->matcher);
    store_free(pipeline->store);
    inventory_free(pipeline->inventory);
    activity_free(pipeline->activity);
    last_words_free(pipeline->last_words);
    notes_free(pipeline->notes);
    free(pipeline);
}

/* --- inputs: batches to signals, state files to tables --- */

static int match(struct pipeline *pipeline, const struct input *input, const struct batch *batch)
{
    struct batch decoded;
    int r;

    if (pipeline->options.endless && store_is_filling(pipeline->store)) {
        store_forget_older(pipeline->store);
        activity_forget_older(pipeline->activity);
        pipeline->n_forgotten++;
    }
    if (batch->newest_first) {
        store_set_newest_first(pipeline->store, input_number(input));
    }
    r = matcher_run(pipeline->matcher, batch, pipeline->store, pipeline->notes,
                    input_report(input)->name);
    sample_batch(pipeline->activity, batch);
    decoded = matcher_batch(pipeline->matcher);
    for (size_t i = 0; i < pipeline->n_watchers; i++) {
        pipeline->watchers[i].look(pipeline->watchers[i].data, &decoded);
    }
    return r;
}

/* A state file is a table, and some rules also read its lines as signals. */
static void match_state(struct pipeline *pipeline, const struct input *input)
{
    struct span text;
    const struct state_kind *kind = input_state(input, &text);

    if (kind) {
        matcher_run_state(pipeline->matcher, span_of(kind->name), text, input_number(input),
                          /* path= */ (struct span){ 0 }, pipeline->store, pipeline->notes);
    }
}

static int open_input(struct pipeline *pipeline, struct input *input, struct error *reterr)
{
    struct states *states = inventory_states(pipeline->inventory, input_number(input));
    int r = input_open(input, states, pipeline->notes, reterr);

    if (r >= 0) {
        match_state(pipeline, input);
    }
    return r;
}

int pipeline_read(struct pipeline *pipeline, struct input *input)
{
    struct batch batch;
    int r = input_next(input, &batch), code = 0;

    if (r > 0) {
        code = match(pipeline, input, &batch);
        pipeline->n_bytes += batch.bytes.size;
    }
    if (code < 0) {
        input_fail(input, strerror(-code));
    }
    return code < 0 ? code : r;
}

/* To the matcher: those that the input does not use. */
static void give_threads(struct pipeline *pipeline, const struct input *input)
{
    unsigned all = pipeline->options.threads, used = input_threads(input);

    matcher_set_threads(pipeline->matcher, all > used ? all - used : 1);
}

static void show_progress(const struct pipeline *pipeline, const struct input *input)
{
    progress_show(pipeline->options.progress, input_report(input)->name, pipeline->n_opened,
                  inputs_count(pipeline->inputs), pipeline->n_bytes);
}

static void read_inputs(struct pipeline *pipeline)
{
    struct input *input;

    while ((input = inputs_next(pipeline->inputs))) {
        pipeline->n_opened++;
        show_progress(pipeline, input);
        if (open_input(pipeline, input, NULL) < 0) {
            continue;
        }
        give_threads(pipeline, input);
        while (pipeline_read(pipeline, input) > 0) {
            show_progress(pipeline, input);
        }
        input_close(input);
    }
    matcher_set_threads(pipeline->matcher, 1);
}

void pipeline_read_paths(struct pipeline *pipeline, const char *const *paths, size_t n)
{
    inputs_add_paths(pipeline->inputs, paths, n, pipeline->notes);
    read_inputs(pipeline);
}

void pipeline_read_path(struct pipeline *pipeline, const char *path)
{
    pipeline_read_paths(pipeline, &path, 1);
}

void pipeline_read_text(struct pipeline *pipeline, const char *name, struct span text)
{
    inputs_add_text(pipeline->inputs, name ? name : "-", text, /* kind= */ NULL);
    read_inputs(pipeline);
}

bool pipeline_read_state(struct pipeline *pipeline, const char *kind, struct span text)
{
    const struct state_kind *found = state_kind_find(span_of(kind));

    if (found) {
        inputs_add_text(pipeline->inputs, kind, text, found);
        read_inputs(pipeline);
    }
    return found != NULL;
}

int pipeline_open(struct pipeline *pipeline, const char *path, bool follow, struct input **ret,
                  struct error *reterr)
{
    struct input *input = inputs_follow(pipeline->inputs, path, follow);
    int r = open_input(pipeline, input, reterr);

    if (r >= 0) {
        *ret = input;
    }
    return r;
}

void pipeline_refresh_host_state(struct pipeline *pipeline)
{
    const struct input *host = inputs_host(pipeline->inputs);

    if (!pipeline->options.host_state || !host) {
        return;
    }
    inventory_forget(pipeline->inventory, input_number(host));
    states_add_host(inventory_states(pipeline->inventory, input_number(host)),
                    journal_query_root(pipeline->options.query), pipeline->notes);
}

/* --- the report --- */

const struct store *pipeline_signals(const struct pipeline *pipeline)
{
    return pipeline->store;
}

uint64_t pipeline_n_forgotten(const struct pipeline *pipeline)
{
    return pipeline->n_forgotten;
}

/* What happened when, what it means, and what is wrong at the end. */
static void judge(struct pipeline *pipeline, const struct node_names *names, struct report *report)
{
    const struct rules *rules = pipeline->options.rules;
    const struct span *hosts = places_find(report, names, report->arena);
    struct timeline_inputs inputs = { .origins = { .hosts = hosts,
                                                   .n = report->n_inputs,
                                                   .names = names,
                                                   .is_cluster = places_are_several(report) } };
    struct timeline timeline;
    struct observed *observed;
    const struct span *boots;
    struct runs runs;

    inputs.range.known = report_inputs_range(report->inputs, report->n_inputs, &inputs.range.first,
                                             &inputs.range.last);
    timeline_init(&timeline, rules, pipeline->store, &inputs, pipeline->notes);
    observed = observed_new(pipeline->activity, &timeline);
    boots = boots_find_last(&timeline, observed, report->arena);
    runs = runs_find(&timeline, rules);
    reason(&(struct reason_question){ .rules = rules,
                                      .store = pipeline->store,
                                      .inventory = pipeline->inventory,
                                      .hosts = hosts,
                                      .timeline = &timeline,
                                      .runs = &runs,
                                      .observed = observed,
                                      .boots = boots },
           pipeline->notes, report);
    verdict_judge(&(struct verdict_question){ .rules = rules,
                                              .timeline = &timeline,
                                              .runs = &runs,
                                              .observed = observed,
                                              .boots = boots,
                                              .fail_on = pipeline->options.fail_on },
                  report);
    observed_free(observed);
    timeline_done(&timeline);
}

static void keep_node(const struct pipeline *pipeline, struct report *report)
{
    const char *node = pipeline->options.node;

    if (node && report_has_node(report, span_of(node))) {
        report_keep_node(report, span_of(node));
        outcome_fill(report, pipeline->options.fail_on);
    }
}

void pipeline_finish(struct pipeline *pipeline, struct report *report)
{
    CLEANUP(node_names_free_at) struct node_names *names = node_names_new();

    inputs_describe(pipeline->inputs, report);
    inputs_name_nodes(pipeline->inputs, names);
    judge(pipeline, names, report);
    last_words_fill(pipeline->last_words, names, report);
    keep_node(pipeline, report);
    store_note_dropped(pipeline->store, pipeline->notes);
    if (report_rests_on_silence(report)) {
        inputs_note_gaps(pipeline->inputs, pipeline->notes);
    }
    report_set_blind_spots(report, pipeline->notes);
    report_judge_inputs(report);
    redact_report(report);
    verdict_say(report);
    report->stats.rules = pipeline->options.rules->n;
    report->stats.seconds = (double)(clock_monotonic_us() - pipeline->started_us) / USEC_PER_SEC;
}

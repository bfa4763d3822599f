/* The flow: source -> format -> entry -> match -> signal -> reason -> finding. The only file
 * besides cli/ that knows all stages. */

#include "pipeline.h"

#include "base/calendar.h"
#include "base/limits.h"
#include "base/vec.h"
#include "entry/direction.h"
#include "finding/redact.h"
#include "format/layer.h"
#include "format/reader.h"
#include "match/matcher.h"
#include "reason/reason.h"
#include "selection.h"
#include "signal/store.h"
#include "source/journal_query.h"
#include "source/source.h"
#include "state/state.h"
#include "unexplained/last_words.h"
#include "unexplained/watcher.h"
#include "walk.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct pipeline {
    struct pipeline_options options;
    struct matcher *matcher;
    struct store *store;
    struct states *states;
    struct last_words *last_words;
    struct watcher watchers[2]; /* of the last words, and the one of the options */
    size_t n_watchers;
    struct notes *notes;
    struct arena *arena; /* of the inputs' names and errors */
    VEC(struct report_input) inputs;
    VEC(const char *) journals; /* files and directories that were found and are read as one */
    int64_t started_us;
    bool has_host_state;
    uint64_t noted_dropped; /* signals */
    uint64_t n_forgotten;   /* times that the older half of the store was */
};

static int64_t monotonic_us(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * USEC_PER_SEC + now.tv_nsec / 1000;
}

static void watch(void *data, const struct signal *signal, position at)
{
    struct pipeline *pipeline = data;

    for (size_t i = 0; i < pipeline->n_watchers; i++) {
        pipeline->watchers[i].note(pipeline->watchers[i].data, signal, at);
    }
}

int pipeline_new(const struct pipeline_options *options, struct pipeline **ret,
                 struct error *reterr)
{
    CLEANUP(pipeline_free_at) struct pipeline *pipeline = ALLOC(struct pipeline);
    int r;

    pipeline->options = *options;
    pipeline->started_us = monotonic_us();
    r = matcher_new(options->rules, &pipeline->matcher, reterr);
    if (r < 0) {
        return r;
    }
    matcher_trace(pipeline->matcher, options->trace);
    pipeline->store = store_new();
    pipeline->states = states_new();
    pipeline->last_words = last_words_new(options->rules);
    pipeline->watchers[pipeline->n_watchers++] = last_words_watcher(pipeline->last_words);
    if (options->watcher) {
        pipeline->watchers[pipeline->n_watchers++] = *options->watcher;
    }
    matcher_watch(pipeline->matcher, watch, pipeline);
    pipeline->notes = notes_new();
    pipeline->arena = arena_new();
    *ret = TAKE(pipeline);
    return 0;
}

void pipeline_free(struct pipeline *pipeline)
{
    if (!pipeline) {
        return;
    }
    matcher_free(pipeline->matcher);
    store_free(pipeline->store);
    states_free(pipeline->states);
    last_words_free(pipeline->last_words);
    notes_free(pipeline->notes);
    arena_free(pipeline->arena);
    vec_free(&pipeline->inputs);
    vec_free(&pipeline->journals);
    free(pipeline);
}

/* --- inputs of the report --- */

static size_t add_input(struct pipeline *pipeline, const char *name)
{
    struct report_input input = {
        .name = arena_copy(pipeline->arena, span_of(name)),
        .first = MOMENT_UNKNOWN,
        .last = MOMENT_UNKNOWN,
    };

    vec_push(&pipeline->inputs, input);
    return pipeline->inputs.n - 1;
}

static void fail_input(struct pipeline *pipeline, size_t input, const char *reason)
{
    if (!pipeline->inputs.items[input].error) {
        pipeline->inputs.items[input].error = arena_string(pipeline->arena, span_of(reason));
    }
}

static void describe_source(struct pipeline *pipeline, size_t at, const struct source_facts *facts)
{
    struct report_input *input = &pipeline->inputs.items[at];

    if (facts->name) {
        input->name = arena_copy(pipeline->arena, span_of(facts->name));
    }
    if (facts->format) {
        input->format = arena_copy(pipeline->arena, span_of(facts->format));
    }
    input->bytes = facts->bytes;
    input->entries = facts->entries;
    input->first = facts->first;
    input->last = facts->last;
}

/* Newest first is turned round: the report speaks of times, not of positions. */
static void order_moments(struct report_input *input)
{
    struct moment first = input->first;

    if (first.time_us == TIME_UNKNOWN || input->last.time_us == TIME_UNKNOWN ||
        first.time_us <= input->last.time_us) {
        return;
    }
    input->first = input->last;
    input->last = first;
}

static void describe_reader(struct pipeline *pipeline, size_t at, const struct reader *reader)
{
    struct reader_facts facts = reader_facts(reader);
    struct report_input *input = &pipeline->inputs.items[at];

    if (facts.format) {
        input->format = span_of(facts.format->name);
    }
    input->bytes = facts.bytes;
    input->first = facts.first;
    input->last = facts.last;
    input->year_from = facts.year_from;
    order_moments(input);
    if (facts.empty) {
        fail_input(pipeline, at, "is empty");
    } else if (facts.binary && facts.first.time_us == TIME_UNKNOWN) {
        fail_input(pipeline, at, "is binary data, not a log");
    }
}

/* --- matching --- */

/* A batch of a source of records, with the layer of klog put on each entry, as the reader does for
 * text. */
struct refined {
    struct batch inner;
    const struct streams *streams;
};

static position refined_locate(void *owner, size_t offset)
{
    struct refined *refined = owner;

    return refined->inner.locate(refined->inner.owner, offset);
}

static int refined_decode(void *owner, position at, struct arena *arena, struct entry *ret)
{
    struct refined *refined = owner;
    struct format_context context = { .arena = arena };
    int r = refined->inner.decode(refined->inner.owner, at, arena, ret);

    if (r <= 0) {
        return r;
    }
    layer_refine(&context, ret);
    ret->streams = streams_of_entry(refined->streams, ret);
    return r;
}

static int refined_step(void *owner, position at, int direction, position *ret)
{
    struct refined *refined = owner;

    return refined->inner.step(refined->inner.owner, at, direction, ret);
}

static int match(struct pipeline *pipeline, size_t input, const struct batch *batch)
{
    bool is_first = pipeline->inputs.items[input].entries == 0;
    struct batch directed = *batch;
    int r;

    if (pipeline->options.endless && store_is_filling(pipeline->store)) {
        store_forget_older(pipeline->store);
        pipeline->n_forgotten++;
    }
    if (is_first && direction_newest_first(batch)) {
        store_set_newest_first(pipeline->store, (uint32_t)input);
    }
    pipeline->inputs.items[input].entries += batch->n_records;
    r = matcher_run(pipeline->matcher, batch, pipeline->store, pipeline->notes,
                    pipeline->inputs.items[input].name);
    directed.newest_first = store_is_newest_first(pipeline->store, (uint32_t)input);
    for (size_t i = 0; i < pipeline->n_watchers; i++) {
        pipeline->watchers[i].look(pipeline->watchers[i].data, &directed);
    }
    return r;
}

/* --- inputs --- */

struct feed {
    struct pipeline *pipeline;
    size_t input;
    struct source_request request;
    char *path; /* NULL: this host's journal */
    const struct source_type *type;
    struct source *source;
    struct buf head;             /* of its bytes, read in advance */
    size_t head_taken;           /* so much of it */
    struct reader *reader;       /* of a source of bytes */
    struct selection *selection; /* of its entries; NULL: all of them */
    struct refined refined;      /* of a source of records */
};

void feed_free(struct feed *feed)
{
    if (!feed) {
        return;
    }
    reader_free(feed->reader);
    if (feed->selection) {
        selection_note(feed->selection, feed->pipeline->inputs.items[feed->input].name,
                       feed->pipeline->notes);
    }
    selection_free(feed->selection);
    if (feed->type) {
        feed->type->close(feed->source);
    }
    buf_done(&feed->head);
    free(feed->path);
    free(feed);
}

static int64_t read_source(void *source, char *buffer, size_t size)
{
    struct feed *feed = source;
    struct span rest = span_skip(buf_span(&feed->head), feed->head_taken);

    if (span_empty(rest)) {
        return feed->type->read(feed->source, buffer, size);
    }
    rest = span_head(rest, size);
    memcpy(buffer, rest.data, rest.size);
    feed->head_taken += rest.size;
    return (int64_t)rest.size;
}

static struct source_facts facts_of(const struct feed *feed)
{
    struct source_facts facts = { .file_time_us = TIME_UNKNOWN,
                                  .first = MOMENT_UNKNOWN,
                                  .last = MOMENT_UNKNOWN };

    feed->type->describe(feed->source, &facts);
    return facts;
}

static struct reader_options reader_options(const struct pipeline *pipeline, size_t input)
{
    return (struct reader_options){
        .name = (const char *)pipeline->inputs.items[input].name.data,
        .input = (uint32_t)input,
        .format = pipeline->options.format,
        .file_time_us = TIME_UNKNOWN,
        .streams = &pipeline->options.rules->streams,
        .notes = pipeline->notes,
    };
}

static void open_reader(struct feed *feed)
{
    struct reader_options options = reader_options(feed->pipeline, feed->input);

    options.file_time_us = facts_of(feed).file_time_us;
    options.read = read_source;
    options.source = feed;
    feed->reader = reader_new(&options);
    feed->selection = selection_new(feed->pipeline->options.query, options.streams);
}

/* `what` says the paths, and whether they are followed. */
static int open_input(struct pipeline *pipeline, size_t input, const struct source_request *what,
                      struct feed **ret, struct error *reterr)
{
    CLEANUP(feed_free_at) struct feed *feed = ALLOC(struct feed);
    struct error error = { 0 };
    int r;

    feed->pipeline = pipeline;
    feed->input = input;
    feed->path = alloc_string(what->path);
    feed->refined.streams = &pipeline->options.rules->streams;
    feed->request = (struct source_request){
        .path = feed->path,
        .more = what->more,
        .n_more = what->n_more,
        .input = (uint32_t)input,
        .streams = &pipeline->options.rules->streams,
        .query = pipeline->options.query,
        .notes = pipeline->notes,
        .follow = what->follow,
    };
    r = source_open(&feed->request, &feed->type, &feed->source, &error);
    if (r < 0) {
        fail_input(pipeline, input, error.text[0] ? error.text : strerror(-r));
        return error_set_at(reterr, r, error.path, 0, 0, "%s", pipeline->inputs.items[input].error);
    }
    if (feed->type->read) {
        open_reader(feed);
    }
    *ret = TAKE(feed);
    return 0;
}

static void describe_feed(struct feed *feed)
{
    struct source_facts facts = facts_of(feed);

    if (feed->reader) {
        describe_reader(feed->pipeline, feed->input, feed->reader);
    } else {
        describe_source(feed->pipeline, feed->input, &facts);
    }
}

static int next_text(struct feed *feed, struct batch *ret)
{
    int r = reader_next(feed->reader, ret);

    if (r > 0 && feed->selection) {
        *ret = selection_apply(feed->selection, ret);
    }
    return r;
}

static int next_batch(struct feed *feed, struct batch *ret)
{
    int r;

    if (feed->reader && feed->request.follow) {
        reader_set_file_time(feed->reader, facts_of(feed).file_time_us);
    }
    if (feed->reader) {
        return next_text(feed, ret);
    }
    r = feed->type->next(feed->source, &feed->refined.inner);
    if (r <= 0) {
        return r;
    }
    *ret = feed->refined.inner;
    ret->owner = &feed->refined;
    ret->locate = refined_locate;
    ret->decode = refined_decode;
    ret->step = refined_step;
    return 1;
}

int feed_next(struct feed *feed)
{
    struct batch batch;
    int r = next_batch(feed, &batch);

    if (r > 0) {
        int code = match(feed->pipeline, feed->input, &batch);

        r = code < 0 ? code : r;
    }
    if (r <= 0) {
        describe_feed(feed);
    }
    if (r < 0 && r != -EAGAIN) {
        fail_input(feed->pipeline, feed->input, strerror(-r));
    }
    return r;
}

/* --- files of state --- */

/* At most LIMIT_STATE_FILE_BYTES of a regular file. False for anything else, and for larger ones.
 */
static bool read_small_file(const char *path, struct buf *text)
{
    struct source_request request = { .path = path };
    struct source *source;
    struct stat st;
    int64_t n = 1;

    if (stat(path, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size > LIMIT_STATE_FILE_BYTES) {
        return false;
    }
    if (source_file.open(&request, &source, NULL) < 0) {
        return false;
    }
    while (n > 0 && text->size <= LIMIT_STATE_FILE_BYTES) {
        n = source_file.read(source, buf_reserve(text, LIMIT_MARGIN_BYTES), LIMIT_MARGIN_BYTES);
        if (n > 0) {
            text->size += (size_t)n;
        }
    }
    source_file.close(source);
    return text->size > 0 && text->size <= LIMIT_STATE_FILE_BYTES;
}

/* A file of state is a table, and some rules also read its lines as signals. */
static void match_state(struct pipeline *pipeline, size_t input, const struct state_kind *kind,
                        struct span text)
{
    pipeline->inputs.items[input].bytes = text.size;
    pipeline->inputs.items[input].format =
        span_of(arena_printf(pipeline->arena, "state/%s", kind->name));
    matcher_run_state(pipeline->matcher, span_of(kind->name), text, (uint32_t)input,
                      /* path= */ (struct span){ 0 }, pipeline->store, pipeline->notes);
}

/* A log is not taken; what people pasted into it is. */
static bool take_state(struct pipeline *pipeline, size_t input, const char *path, struct span text)
{
    const struct state_kind *kind =
        states_add(pipeline->states, /* kind= */ NULL, path, text, pipeline->notes);

    if (kind) {
        match_state(pipeline, input, kind, text);
    } else {
        (void)states_add_embedded(pipeline->states, path, text, pipeline->notes);
    }
    return kind != NULL;
}

static bool read_state_file(struct pipeline *pipeline, size_t input, const char *path)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };

    return read_small_file(path, &text) && take_state(pipeline, input, path, buf_span(&text));
}

/* `df -h | nodecause`, `nodecause <(df -h)` */
static bool is_pipe(const char *path)
{
    bool is_input = strcmp(path, "-") == 0;
    struct stat st;

    if ((is_input ? fstat(STDIN_FILENO, &st) : stat(path, &st)) < 0) {
        return false;
    }
    return S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode) || (is_input && S_ISREG(st.st_mode));
}

/* Reads in advance as much as a state file may have. True: that is all there is. */
static bool read_ahead(struct feed *feed)
{
    struct buf *head = &feed->head;
    int64_t n = 1;

    while (n > 0 && head->size <= LIMIT_STATE_FILE_BYTES) {
        char *room = buf_reserve(head, LIMIT_MARGIN_BYTES);

        n = feed->type->read(feed->source, room, LIMIT_MARGIN_BYTES);
        if (n > 0) {
            head->size += (size_t)n;
        }
    }
    return n == 0 && head->size > 0;
}

static bool read_state_pipe(struct feed *feed)
{
    return feed->reader && !feed->pipeline->options.format && is_pipe(feed->path) &&
           read_ahead(feed) &&
           take_state(feed->pipeline, feed->input, feed->path, buf_span(&feed->head));
}

static void read_input(struct pipeline *pipeline, size_t input, const struct source_request *what)
{
    CLEANUP(feed_free_at) struct feed *feed = NULL;
    struct error error;

    if (open_input(pipeline, input, what, &feed, &error) < 0) {
        return;
    }
    assert(feed);
    if (read_state_pipe(feed)) {
        return;
    }
    while (feed_next(feed) > 0) {
        ;
    }
}

/* Journals are put aside: a journal and its rotated files are one, wherever they lie. */
static bool is_journal(const struct pipeline *pipeline, const char *path)
{
    struct source_request request = { .path = path, .query = pipeline->options.query };
    const struct source_type *type = source_choose(&request);

    return type && type->next;
}

static void read_file(void *data, const char *path)
{
    struct pipeline *pipeline = data;
    size_t input;

    if (is_journal(pipeline, path)) {
        vec_push(&pipeline->journals, arena_string(pipeline->arena, span_of(path)));
        return;
    }
    input = add_input(pipeline, path);
    if (!read_state_file(pipeline, input, path)) {
        read_input(pipeline, input, &(struct source_request){ .path = path });
    }
}

static void read_journals(struct pipeline *pipeline)
{
    struct source_request what = { .n_more = pipeline->journals.n };

    if (what.n_more == 0) {
        return;
    }
    what.path = pipeline->journals.items[0];
    what.more = pipeline->journals.items + 1;
    what.n_more--;
    read_input(pipeline, add_input(pipeline, what.path), &what);
    vec_clear(&pipeline->journals);
}

/* A directory that no source wants (a journal directory is wanted) is a folder of inputs. */
static bool is_folder(const struct pipeline *pipeline, const char *path)
{
    struct source_request request = { .path = path, .query = pipeline->options.query };
    struct stat st;

    if (stat(path, &st) < 0 || !S_ISDIR(st.st_mode)) {
        return false;
    }
    for (const struct source_type *const *type = sources; *type; type++) {
        if ((*type)->bid(&request, (struct span){ 0 }) > SOURCE_FALLBACK) {
            return false;
        }
    }
    return true;
}

static void read_folder(struct pipeline *pipeline, const char *path)
{
    size_t n_before = pipeline->inputs.n + pipeline->journals.n;
    int r = walk_files(path, pipeline->notes, read_file, pipeline);

    if (r < 0) {
        fail_input(pipeline, add_input(pipeline, path), walk_explain(r));
    } else if (pipeline->inputs.n + pipeline->journals.n == n_before) {
        fail_input(pipeline, add_input(pipeline, path), "holds no files");
    }
}

/* Only a journal of this very host is accompanied by this host's state. */
static bool is_live(const struct pipeline *pipeline)
{
    const struct journal_query *query = pipeline->options.query;

    return !query || (!query->directory && query->n_files == 0 && !query->machine);
}

static void add_host_state(struct pipeline *pipeline)
{
    const struct journal_query *query = pipeline->options.query;

    pipeline->has_host_state = pipeline->options.host_state && is_live(pipeline);
    if (pipeline->has_host_state) {
        states_add_host(pipeline->states, query && query->root ? query->root : "", pipeline->notes);
    }
}

void pipeline_refresh_host_state(struct pipeline *pipeline)
{
    if (!pipeline->has_host_state) {
        return;
    }
    states_free(pipeline->states);
    pipeline->states = states_new();
    add_host_state(pipeline);
}

/* The journal that the options name, else this host's. */
static const char *journal_name(const struct pipeline *pipeline)
{
    const struct journal_query *query = pipeline->options.query;

    if (query && query->directory) {
        return query->directory;
    }
    if (query && query->root) {
        return query->root;
    }
    if (query && query->machine) {
        return query->machine;
    }
    return query && query->n_files ? query->files[0] : "journal";
}

static void read_own_journal(struct pipeline *pipeline)
{
    read_input(pipeline, add_input(pipeline, journal_name(pipeline)),
               &(struct source_request){ 0 });
    add_host_state(pipeline);
}

void pipeline_read_paths(struct pipeline *pipeline, const char *const *paths, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!paths[i]) {
            read_own_journal(pipeline);
        } else if (is_folder(pipeline, paths[i])) {
            read_folder(pipeline, paths[i]);
        } else {
            read_file(pipeline, paths[i]);
        }
    }
    read_journals(pipeline);
}

void pipeline_read_path(struct pipeline *pipeline, const char *path)
{
    pipeline_read_paths(pipeline, &path, 1);
}

/* --- inputs that grow --- */

/* A file that is rotated every hour for a year is another input each time: so many are told apart.
 */
static size_t add_bounded_input(struct pipeline *pipeline, const char *path)
{
    const char *name = path ? path : journal_name(pipeline);

    return pipeline->inputs.n < LIMIT_INPUTS ? add_input(pipeline, name) : pipeline->inputs.n - 1;
}

int feed_open(struct pipeline *pipeline, const char *path, bool follow, struct feed **ret,
              struct error *reterr)
{
    if (!path) {
        add_host_state(pipeline);
    }
    return open_input(pipeline, add_bounded_input(pipeline, path),
                      &(struct source_request){ .path = path, .follow = follow }, ret, reterr);
}

void feed_settle(struct feed *feed, bool all)
{
    if (feed->reader) {
        reader_settle(feed->reader, all);
    }
}

bool feed_is_holding(const struct feed *feed)
{
    if (feed->reader) {
        return reader_is_holding(feed->reader);
    }
    return feed->type->is_holding && feed->type->is_holding(feed->source);
}

int feed_wait_fd(const struct feed *feed)
{
    return feed->type->wait_fd ? feed->type->wait_fd(feed->source) : -1;
}

void feed_wake(struct feed *feed)
{
    if (feed->type->wake) {
        feed->type->wake(feed->source);
    }
}

const char *feed_cursor(const struct feed *feed)
{
    return feed->type->cursor ? feed->type->cursor(feed->source) : NULL;
}

bool feed_returns(const struct feed *feed)
{
    return facts_of(feed).returns;
}

static int64_t read_memory(void *source, char *buffer, size_t size)
{
    struct span *rest = source;
    struct span piece = span_head(*rest, size);

    if (piece.size) {
        memcpy(buffer, piece.data, piece.size);
    }
    *rest = span_skip(*rest, piece.size);
    return (int64_t)piece.size;
}

void pipeline_read_text(struct pipeline *pipeline, const char *name, struct span text)
{
    CLEANUP(reader_free_at) struct reader *reader = NULL;
    size_t input = add_input(pipeline, name ? name : "-");
    struct reader_options options = reader_options(pipeline, input);
    struct batch batch;

    if (text.size <= LIMIT_STATE_FILE_BYTES) {
        (void)states_add_embedded(pipeline->states, name, text, pipeline->notes);
    }
    options.read = read_memory;
    options.source = &text;
    reader = reader_new(&options);
    while (reader_next(reader, &batch) > 0 && match(pipeline, input, &batch) >= 0) {
        ;
    }
    describe_reader(pipeline, input, reader);
}

bool pipeline_read_state(struct pipeline *pipeline, const char *kind, struct span text)
{
    const struct state_kind *found = state_kind_find(span_of(kind));

    if (!found) {
        return false;
    }
    if (states_add(pipeline->states, kind, kind, text, pipeline->notes)) {
        match_state(pipeline, add_input(pipeline, kind), found, text);
    }
    return true;
}

/* --- the end --- */

static void add_blind_spots(const struct pipeline *pipeline, struct report *report)
{
    size_t n = notes_count(pipeline->notes);
    struct note *notes = ARENA_ARRAY(report->arena, struct note, n);

    for (size_t i = 0; i < n; i++) {
        notes[i] = *notes_get(pipeline->notes, i);
        notes[i].where = arena_copy(report->arena, notes[i].where);
        notes[i].detail = arena_copy(report->arena, notes[i].detail);
    }
    report->blind_spots = notes;
    report->n_blind_spots = n;
}

static void add_inputs(const struct pipeline *pipeline, struct report *report)
{
    size_t n = pipeline->inputs.n;
    struct report_input *inputs = ARENA_ARRAY(report->arena, struct report_input, n);

    for (size_t i = 0; i < n; i++) {
        inputs[i] = pipeline->inputs.items[i];
        inputs[i].name = arena_copy(report->arena, inputs[i].name);
        inputs[i].format = arena_copy(report->arena, inputs[i].format);
        if (inputs[i].error) {
            inputs[i].error = arena_string(report->arena, span_of(inputs[i].error));
        }
        report->stats.bytes += inputs[i].bytes;
        report->stats.entries += inputs[i].entries;
    }
    report->inputs = inputs;
    report->n_inputs = n;
}

static bool is_damage(const struct note *note)
{
    return note->kind == NOTE_UNREADABLE || note->kind == NOTE_TRUNCATED;
}

/* Nothing found means little when nothing, or not all, could be read. */
static void judge_inputs(struct report *report)
{
    size_t n_bad = 0;
    bool damaged = false;

    for (size_t i = 0; i < report->n_inputs; i++) {
        n_bad += report->inputs[i].error != NULL;
    }
    for (size_t i = 0; i < report->n_blind_spots; i++) {
        damaged |= is_damage(&report->blind_spots[i]);
    }
    if (report->exit != EXIT_NOTHING || (n_bad == 0 && !damaged)) {
        return;
    }
    report->exit = n_bad && n_bad == report->n_inputs ? EXIT_INPUT : EXIT_PARTIAL;
    report->exit_reason = report->exit == EXIT_INPUT ? "input" : "partial";
}

const struct store *pipeline_signals(const struct pipeline *pipeline)
{
    return pipeline->store;
}

static void note_dropped(struct pipeline *pipeline)
{
    uint64_t dropped = store_dropped(pipeline->store);

    if (dropped > pipeline->noted_dropped) {
        notes_add_many(pipeline->notes, NOTE_LIMIT, SPAN("signals"),
                       dropped - pipeline->noted_dropped, "more different signals than are kept");
    }
    pipeline->noted_dropped = dropped;
}

uint64_t pipeline_n_forgotten(const struct pipeline *pipeline)
{
    return pipeline->n_forgotten;
}

void pipeline_finish(struct pipeline *pipeline, struct report *report)
{
    reason(pipeline->options.rules, pipeline->store, pipeline->states, pipeline->notes,
           pipeline->options.fail_on, report);
    last_words_fill(pipeline->last_words, report);
    note_dropped(pipeline);
    add_inputs(pipeline, report);
    add_blind_spots(pipeline, report);
    judge_inputs(report);
    redact_report(report);
    report->stats.rules = pipeline->options.rules->n;
    report->stats.seconds = (double)(monotonic_us() - pipeline->started_us) / USEC_PER_SEC;
}

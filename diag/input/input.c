/* One input, from its bytes or records to finished batches. */

#include "input/input.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "entry/direction.h"
#include "format/reader.h"
#include "input/ahead.h"
#include "input/completion.h"
#include "input/selection.h"
#include "state/embedded.h"
#include "state/host_tables.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
    REASON_BYTES = 80, /* of a file's first line */
};

enum phase {
    WAITING,
    OPEN,
    CLOSED
};

struct input {
    struct intake intake;
    uint32_t number;
    enum phase phase;
    struct report_input entry;
    char *name, *format, *error; /* of the entry; owned */
    struct buf host, about;      /* of the entry */
    char **paths;                /* of the request; owned */
    char **names;                /* of the request, or NULL; owned */
    struct source_request request;
    struct input_hints hints;
    struct node_names *node_names; /* that its node objects show; NULL: none */
    bool is_text; /* handed to us as what it is: its kind is not looked for, nor entries selected */

    /* While it is open. */
    const struct source_type *type;
    struct source *source;
    struct notes *notes;
    struct ahead ahead;            /* of a source of bytes */
    struct reader *reader;         /* of its bytes; NULL: a source of records */
    struct completion *completion; /* not of those that wait: there may be very many */
    struct selection *selection; /* of entries that the source does not select; NULL: all of them */
    const struct state_kind *state;
    bool not_collected; /* an error message in place of state or entries */
    bool has_begun;     /* a batch was handed out, so its direction is known */
    bool newest_first;
};

static struct input *make(const struct intake *intake, uint32_t number, const char *name)
{
    struct input *input = ALLOC(struct input);

    input->intake = *intake;
    input->number = number;
    input->name = alloc_string(name);
    input->entry = (struct report_input){
        .name = span_of(input->name),
        .first = MOMENT_UNKNOWN,
        .last = MOMENT_UNKNOWN,
    };
    return input;
}

static void copy_paths(struct input *input, const struct source_request *request)
{
    size_t n = request->n_more + 1;

    input->paths = alloc_zeroed(n, sizeof(*input->paths));
    input->names = request->names ? alloc_zeroed(n, sizeof(*input->names)) : NULL;
    for (size_t i = 0; i < n; i++) {
        input->paths[i] = alloc_string(i ? request->more[i - 1] : request->path);
        if (input->names) {
            input->names[i] = alloc_string(request->names[i]);
        }
    }
}

struct input *input_new(const struct intake *intake, uint32_t number,
                        const struct source_type *type, const struct source_request *request,
                        const struct input_hints *hints)
{
    const char *name = hints && hints->name ? hints->name
                       : request->names     ? request->names[0]
                                            : request->path;
    struct input *input = make(intake, number, name ? name : journal_query_name(intake->query));

    input->type = type;
    input->hints = hints ? *hints : (struct input_hints){ 0 };
    input->entry.bundle = input->hints.bundle;
    copy_paths(input, request);
    input->request = (struct source_request){
        .path = input->paths[0],
        .more = (const char *const *)input->paths + 1,
        .n_more = request->n_more,
        .below = request->below,
        .names = (const char *const *)input->names,
        .follow = request->follow,
        .query = intake->query,
        .threads = intake->threads,
        .bundle = request->bundle,
        .member = request->member,
        .filter = intake->filter,
    };
    return input;
}

struct input *input_new_open(const struct intake *intake, uint32_t number, const char *name,
                             const struct source_type *type, struct source *source,
                             const struct state_kind *kind)
{
    struct input *input = make(intake, number, name);

    input->is_text = true;
    input->type = type;
    input->source = source;
    input->state = kind;
    return input;
}

void input_free(struct input *input)
{
    if (!input) {
        return;
    }
    input_close(input);
    if (input->source) {
        input->type->close(input->source);
    }
    for (size_t i = 0; input->paths && i <= input->request.n_more; i++) {
        free(input->paths[i]);
        free(input->names ? input->names[i] : NULL);
    }
    free(input->paths);
    free(input->names);
    free(input->name);
    free(input->format);
    free(input->error);
    buf_done(&input->host);
    buf_done(&input->about);
    node_names_free(input->node_names);
    free(input);
}

bool input_is_open(const struct input *input)
{
    return input->phase == OPEN;
}

bool input_is_waiting(const struct input *input)
{
    return input->phase == WAITING;
}

bool input_is_host(const struct input *input)
{
    return !input->is_text && !input->request.path && !input->request.bundle &&
           journal_query_is_live(input->intake.query);
}

const struct node_names *input_node_names(const struct input *input)
{
    return input->node_names;
}

uint32_t input_number(const struct input *input)
{
    return input->number;
}

/* --- its place in the report --- */

const struct report_input *input_report(const struct input *input)
{
    return &input->entry;
}

void input_fail(struct input *input, const char *reason)
{
    if (!input->error) {
        input->error = alloc_string(reason);
        input->entry.error = input->error;
    }
}

static void set_name(struct input *input, const char *name)
{
    char *copy = alloc_string(name);

    free(input->name);
    input->name = copy;
    input->entry.name = span_of(copy);
}

static void set_format(struct input *input, const char *folder, const char *name)
{
    CLEANUP(buf_done_at) struct buf format = { 0 };

    buf_printf(&format, "%s%s", folder, name);
    free(input->format);
    input->format = alloc_string(format.data);
    input->entry.format = span_of(input->format);
}

static void set_host(struct input *input, struct span host)
{
    buf_clear(&input->host);
    host = span_empty(host) ? input->hints.hostname : host;
    buf_add(&input->host, span_empty(input->hints.node) ? host : input->hints.node);
    input->entry.host = buf_span(&input->host);
}

static void set_about(struct input *input)
{
    buf_clear(&input->about);
    buf_add(&input->about, completion_about(input->completion, &input->entry.about_several));
    input->entry.about = buf_span(&input->about);
}

static void set_names(struct input *input, const struct node_names *names)
{
    if (names && !input->node_names) {
        input->node_names = node_names_new();
    }
    if (names) {
        node_names_add_all(input->node_names, names);
    }
}

static struct source_facts facts_of(const struct input *input)
{
    struct source_facts facts = { .file_time_us = TIME_UNKNOWN,
                                  .first = MOMENT_UNKNOWN,
                                  .last = MOMENT_UNKNOWN };

    input->type->describe(input->source, &facts);
    return facts;
}

/* Newest first is turned round: the report speaks of times, not of positions. */
static void set_moments(struct input *input, struct moment first, struct moment last)
{
    bool turned = first.time_us != TIME_UNKNOWN && last.time_us != TIME_UNKNOWN &&
                  first.time_us > last.time_us;

    input->entry.first = turned ? last : first;
    input->entry.last = turned ? first : last;
}

static void describe_records(struct input *input)
{
    struct source_facts facts = facts_of(input);

    if (facts.name && !input->hints.name) {
        set_name(input, facts.name);
    }
    set_format(input, "", facts.format ? facts.format : input->type->name);
    input->entry.bytes = facts.bytes;
    set_moments(input, facts.first, facts.last);
}

static void describe_text(struct input *input)
{
    struct reader_facts facts = reader_facts(input->reader);

    if (facts.format) {
        set_format(input, "", facts.format->name);
    }
    input->entry.bytes = facts.bytes;
    input->entry.year_from = facts.year_from;
    set_moments(input, facts.first, facts.last);
    input->entry.no_log = !input->intake.format && facts.format == &format_text &&
                          facts.first.time_us == TIME_UNKNOWN;
    if (facts.empty) {
        input->entry.empty = true;
        input_fail(input, "is empty");
    } else if (facts.binary && facts.first.time_us == TIME_UNKNOWN) {
        input_fail(input, "is binary data, not a log");
    }
}

static void describe(struct input *input)
{
    set_host(input, completion_host(input->completion));
    set_about(input);
    set_names(input, completion_names(input->completion));
    if (input->reader) {
        describe_text(input);
    } else {
        describe_records(input);
    }
}

/* --- state --- */

const struct state_kind *input_state(const struct input *input, struct span *ret_text)
{
    if (input->state) {
        *ret_text = buf_span(&input->ahead.head);
    }
    return input->state;
}

/* A format that is forced is that of what a pipe brings; a file beside it may well be state. */
static bool may_be_state(const struct input *input)
{
    struct stat info;

    if (input->hints.is_log) {
        return false;
    }
    if (input->is_text || !input->intake.format || !input->request.path) {
        return !input->is_text;
    }
    return stat(input->request.path, &info) == 0 && S_ISREG(info.st_mode);
}

/* The collector's command failed: what it wrote instead is neither state nor a log of the node. */
static void fail_collected(struct input *input, const char *missing, struct span text)
{
    CLEANUP(buf_done_at) struct buf reason = { 0 };
    struct span line = { 0 };

    (void)span_cut(&text, '\n', &line);
    line = span_head(span_trim(line), REASON_BYTES);
    buf_printf(&reason, "contains no %s: %.*s", missing, (int)line.size, line.data);
    input->not_collected = true;
    input->entry.empty = true;
    input->entry.uncollected = true;
    input_fail(input, reason.data);
}

/* Of a section the first line is not that of the file. */
static struct state_text whole_text(const struct input *input)
{
    uint64_t line = facts_of(input).line;

    return (struct state_text){ buf_span(&input->ahead.head), input->name, line ? line : 1 };
}

static void add_state(struct input *input, struct states *states, const struct state_text *text)
{
    const struct state_kind *hint = input->hints.state;
    const char *kind = input->state ? input->state->name : hint ? hint->name : NULL;

    input->state = states_add_part(states, kind, text, input->notes);
    if (!input->state && hint) {
        input->state = states_add_part(states, NULL, text, input->notes);
    }
}

/* A log is not taken; what people pasted into it is. */
static void take_state(struct input *input, struct states *states)
{
    const struct state_kind *hint = input->hints.state;
    struct state_text text = whole_text(input);

    if (input->state || hint || may_be_state(input)) {
        add_state(input, states, &text);
    }
    input->entry.is_state = input->state != NULL;
    if (input->state) {
        set_format(input, "state/", input->state->name);
        set_host(input, states_host(states));
        input->entry.bytes = text.text.size;
    } else if (hint) {
        fail_collected(input, hint->name, text.text);
    } else {
        input->entry.is_state = states_add_embedded(states, &text, input->notes);
    }
}

/* --- opening --- */

static void open_reader(struct input *input)
{
    struct source_facts facts = facts_of(input);
    struct reader_options options = {
        .name = input->name,
        .format = input->hints.format ? input->hints.format : input->intake.format,
        .offset = facts.offset,
        .line = facts.line,
        .file_time_us = facts.file_time_us,
        .collected_us = input->hints.collected_us,
        .zone_known = input->hints.zone_known,
        .zone_minutes = input->hints.zone_minutes,
        .notes = input->notes,
        .read = ahead_read,
        .take = ahead_take,
        .give_back = ahead_give_back,
        .source = &input->ahead,
    };

    input->reader = reader_new(&options);
}

/* Older journalctl begins with it, whether entries follow or not. */
static struct span skip_journal_header(struct span text)
{
    struct span rest = text, line;

    if ((span_starts(text, SPAN("-- Logs begin at ")) ||
         span_starts(text, SPAN("-- Journal begins at "))) &&
        span_cut(&rest, '\n', &line)) {
        return rest;
    }
    return text;
}

/* `-- No entries --`, `error: journal output not available`: one line, of no format. */
static bool is_message(struct span text)
{
    struct span line;

    text = span_trim(text);
    return !span_empty(text) && span_cut(&text, '\n', &line) && span_empty(text) &&
           span_find_byte(line, '\0') < 0 && format_choose(line, NULL) == &format_text;
}

static void take_whole(struct input *input, struct states *states)
{
    struct span text = buf_span(&input->ahead.head);

    take_state(input, states);
    text = skip_journal_header(text);
    if (input->hints.is_log && is_message(text)) {
        fail_collected(input, "entries", text);
    }
}

/* swapon prints nothing where there is no swap. Files of /proc are never empty: their copies are where a collector
 * trusted their size. */
static bool may_be_empty(const struct input *input)
{
    return input->hints.state && input->hints.state->may_be_empty &&
           span_find(span_of(input->name), SPAN("proc/")) < 0;
}

/* What is followed is not read in advance: it is a log. */
static void open_bytes(struct input *input, struct states *states)
{
    input->ahead = (struct ahead){ .type = input->type, .source = input->source };
    if (!input->request.follow && ahead_fill(&input->ahead, LIMIT_STATE_FILE_BYTES) &&
        (input->ahead.head.size || may_be_empty(input))) {
        take_whole(input, states);
    }
    if (!input->state && !input->not_collected) {
        open_reader(input);
    }
}

static int open_source(struct input *input, struct error *reterr)
{
    input->request.notes = input->notes;
    if (input->source) {
        return 0;
    }
    if (input->type) {
        return input->type->open(&input->request, &input->source, reterr);
    }
    return source_open(&input->request, &input->type, &input->source, reterr);
}

/* Was a part of the journal asked for? That nothing is in it does not mean that it is damaged. */
static bool selects_part(const struct input *input)
{
    return input->intake.query && !journal_query_is_all(input->intake.query);
}

int input_open(struct input *input, struct states *states, struct notes *notes,
               struct error *reterr)
{
    struct error error = { 0 };
    int r;

    assert(input->phase == WAITING);
    if (input->error) {
        input->phase = CLOSED;
        return error_set(reterr, -ENODATA, "%s", input->error);
    }
    input->notes = notes;
    if (input->intake.host_state && input_is_host(input)) {
        states_add_host(states, journal_query_root(input->intake.query), notes);
        input->entry.is_state = true;
    }
    r = open_source(input, &error);
    input->phase = r < 0 ? CLOSED : OPEN;
    if (r < 0) {
        input->entry.left_out = r == -ENODATA && selects_part(input);
        input_fail(input, error.text[0] ? error.text : strerror(-r));
        return error_set_at(reterr, r, error.path, 0, 0, "%s", input->error);
    }
    input->completion = ALLOC(struct completion);
    completion_init(input->completion, input->intake.streams, input->number, input->name,
                    /* layers= */ input->type->next != NULL);
    completion_set_place(input->completion, input->hints.node, input->hints.log);
    if (input->hints.printed.spread_us) {
        completion_set_printed(input->completion, input->hints.printed);
    }
    completion_set_since(input->completion, input->hints.since_us);
    completion_set_hostname(input->completion, input->hints.hostname);
    completion_set_boot(input->completion, input->hints.booted_us, input->hints.booted_spread_us);
    if (input->type->read) {
        open_bytes(input, states);
    }
    if (!input->is_text && !input->type->selects) {
        input->selection = selection_new(input->intake.query, input->intake.streams);
    }
    return 0;
}

void input_close(struct input *input)
{
    if (input->phase != OPEN) {
        return;
    }
    if (input->selection) {
        selection_note(input->selection, input->entry.name, input->notes);
        input->entry.left_out = selection_leaves_out(input->selection);
    }
    selection_free(input->selection);
    reader_free(input->reader);
    ahead_done(&input->ahead);
    completion_done(input->completion);
    free(input->completion);
    input->completion = NULL;
    input->type->close(input->source);
    input->selection = NULL;
    input->reader = NULL;
    input->source = NULL;
    input->phase = CLOSED;
}

/* --- batches --- */

struct span input_head(const struct input *input)
{
    return buf_span(&input->ahead.head);
}

static int next_text(struct input *input, struct batch *ret)
{
    if (input->request.follow) {
        reader_set_file_time(input->reader, facts_of(input).file_time_us);
    }
    return reader_next(input->reader, ret);
}

/* Neighbours vote at the start, once for all batches; joining is done by the reader. */
static void find_direction(struct input *input, const struct batch *batch)
{
    if (input->has_begun) {
        return;
    }
    input->has_begun = true;
    input->newest_first = direction_newest_first(batch);
    if (input->reader) {
        reader_set_newest_first(input->reader, input->newest_first);
    }
}

static void finish_batch(struct input *input, struct batch *batch)
{
    *batch = completion_apply(input->completion, batch);
    find_direction(input, batch);
    batch->newest_first = input->newest_first;
    if (input->selection) {
        *batch = selection_apply(input->selection, batch);
    }
    input->entry.entries += batch->n_records;
}

int input_next(struct input *input, struct batch *ret)
{
    int r;

    if (input->state || input->not_collected) {
        return 0;
    }
    r = input->reader ? next_text(input, ret) : input->type->next(input->source, ret);
    if (r > 0) {
        finish_batch(input, ret);
    } else {
        describe(input);
    }
    if (r < 0 && r != -EAGAIN) {
        input_fail(input, strerror(-r));
    }
    return r;
}

/* --- following --- */

void input_settle(struct input *input, bool all)
{
    if (input->reader) {
        reader_settle(input->reader, all);
    }
}

bool input_is_holding(const struct input *input)
{
    if (input->reader) {
        return reader_is_holding(input->reader);
    }
    return input->type->is_holding && input->type->is_holding(input->source);
}

int input_wait_fd(const struct input *input)
{
    return input->type->wait_fd ? input->type->wait_fd(input->source) : -1;
}

void input_wake(struct input *input)
{
    if (input->type->wake) {
        input->type->wake(input->source);
    }
}

const char *input_cursor(const struct input *input)
{
    return input->type->cursor ? input->type->cursor(input->source) : NULL;
}

unsigned input_threads(const struct input *input)
{
    return facts_of(input).threads;
}

bool input_returns(const struct input *input)
{
    return facts_of(input).returns;
}

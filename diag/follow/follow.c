/* The loop that follows logs while they grow; poll(2). Knows all stages, as pipeline.c does. */

#include "follow/follow.h"

#include "base/calendar.h"
#include "base/vec.h"
#include "follow/cursor_file.h"
#include "source/journal_query.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    TICK_MS = 1000,     /* at least so often, everything is looked at */
    PIECES_OF_TURN = 8, /* read of one input before the others, and signals, have their turn */
    SHARE = 10,         /* reasoning takes at most this part of the time */
};

static const int64_t PACE_US = USEC_PER_SEC;          /* between two reports, at least */
static const int64_t BOOKMARK_US = 10 * USEC_PER_SEC; /* between two bookmarks, without news */
static const int64_t PATIENCE_US = 5 * USEC_PER_SEC;  /* with a pipe that never pauses */
static const int64_t STATE_US = 60 * USEC_PER_SEC;    /* between two looks at the host's state */

struct input {
    const char *path;
    struct feed *feed; /* NULL: there is nothing to read, now or any more */
    char *cursor;      /* of the last entry of a journal that has ended */
    bool over;         /* there will not be any more */
    bool more;         /* there may be more at once */
    bool held;         /* it kept something back when it was asked last */
    bool caught_up;    /* all was read that was there at the start */
    bool awaited;      /* it was said that it is missing */
};

struct follow {
    const struct follow_options *options;
    struct pipeline_options pipeline_options;
    struct journal_query query;
    char *start_cursor;     /* from the cursor file */
    struct rule_set *rules; /* NULL: those of the options */
    struct pipeline *pipeline;
    struct changes *changes;
    VEC(struct input) inputs;
    VEC(struct pollfd) polls;
    struct report *report; /* the last one */
    struct buf out;
    char started[32];
    uint64_t n_forgotten;
    bool unread; /* something was read since the last report */
    bool stop, deaf;
    bool unmarked;       /* the cursor file could not be written */
    int64_t report_us;   /* not before */
    int64_t bookmark_us; /* not before, without news */
    int64_t state_us;    /* when the host's state was read */
    int64_t settle_us;   /* what is held back is looked at again */
    int64_t patient_us;  /* so long it is waited for the end of what was there at the start */
};

static int64_t clock_us(clockid_t clock)
{
    struct timespec now;

    (void)clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * USEC_PER_SEC + now.tv_nsec / 1000;
}

static int64_t now_us(void)
{
    return clock_us(CLOCK_MONOTONIC);
}

static void say(const struct follow *follow, const char *format, ...) PRINTF_LIKE(2, 3);
static void say(const struct follow *follow, const char *format, ...)
{
    char sentence[2048];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof(sentence), format, arguments);
    va_end(arguments);
    follow->options->say(follow->options->data, sentence);
}

/* --- inputs --- */

static bool is_file(const char *path)
{
    return path && strcmp(path, "-") != 0;
}

/* A file that is not there may come: it is waited for. */
static int open_input(struct follow *follow, struct input *input, struct error *reterr)
{
    if (is_file(input->path) && access(input->path, F_OK) < 0 && errno == ENOENT &&
        !follow->options->once) {
        if (!input->awaited) {
            say(follow, "%s: there is no such file; waiting for it", input->path);
        }
        input->awaited = true;
        return 0;
    }
    input->awaited = false;
    input->more = true;
    return feed_open(follow->pipeline, input->path, !follow->options->once, &input->feed, reterr);
}

/* An input that cannot be opened is left out, as long as there is another one. */
static int open_inputs(struct follow *follow, struct error *reterr)
{
    size_t n_over = 0;

    for (size_t i = 0; i < follow->inputs.n; i++) {
        struct input *input = &follow->inputs.items[i];
        struct error error = { 0 };
        int r = open_input(follow, input, &error);

        input->over = r < 0;
        input->caught_up = !input->feed;
        if (r < 0 && ++n_over == follow->inputs.n) {
            return error_set_at(reterr, r, error.path, 0, 0, "%s", error.text);
        }
        if (r < 0) {
            say(follow, "%s: %s", input->path ? input->path : "journal", error.text);
        }
    }
    return 0;
}

static void close_input(struct follow *follow, struct input *input, int code)
{
    bool returns = feed_returns(input->feed);
    const char *cursor = feed_cursor(input->feed);

    free(input->cursor);
    input->cursor = alloc_string(cursor);
    if (code < 0) {
        say(follow, "%s: cannot be read on: %s", input->path ? input->path : "journal",
            strerror(-code));
    }
    feed_free(input->feed);
    input->feed = NULL;
    input->more = false;
    input->caught_up = true;
    input->over = !returns || follow->options->once;
}

/* What is there, but not for ever. */
static void read_input(struct follow *follow, struct input *input)
{
    int r = 1;

    for (int i = 0; r > 0 && i < PIECES_OF_TURN; i++) {
        r = feed_next(input->feed);
        follow->unread |= r >= 0; /* an end is news, too: a line may have waited for it */
    }
    input->more = r > 0;
    if (r == -EAGAIN) {
        bool holds = feed_is_holding(input->feed);

        input->caught_up |= !holds || input->held;
        input->held = holds;
    } else if (r <= 0) {
        close_input(follow, input, r);
    }
}

static void reopen_input(struct follow *follow, struct input *input)
{
    struct error error = { 0 };

    if (open_input(follow, input, &error) >= 0) {
        return;
    }
    say(follow, "%s: %s", input->path, error.text);
    input->over = true;
}

static void read_inputs(struct follow *follow)
{
    bool settle = now_us() >= follow->settle_us;

    if (settle) {
        follow->settle_us = now_us() + FEED_SETTLE_MS * INT64_C(1000);
    }
    for (size_t i = 0; i < follow->inputs.n; i++) {
        struct input *input = &follow->inputs.items[i];

        if (!input->feed && !input->over) {
            reopen_input(follow, input);
        }
        if (input->feed && settle) {
            feed_settle(input->feed, /* all= */ false);
        }
        if (input->feed) {
            read_input(follow, input);
        }
    }
}

/* Nothing is kept back any more: we end, or begin anew. */
static void drain(struct follow *follow)
{
    for (size_t i = 0; i < follow->inputs.n; i++) {
        struct input *input = &follow->inputs.items[i];

        if (!input->feed) {
            continue;
        }
        feed_settle(input->feed, /* all= */ true);
        while (feed_next(input->feed) > 0) {
            follow->unread = true;
        }
    }
}

static bool all_are_over(const struct follow *follow)
{
    for (size_t i = 0; i < follow->inputs.n; i++) {
        if (!follow->inputs.items[i].over) {
            return false;
        }
    }
    return true;
}

/* --- telling --- */

/* Of the one input there is with a cursor file. */
static const char *cursor_of(const struct follow *follow)
{
    const struct input *input = &follow->inputs.items[0];

    if (!follow->options->cursor_file) {
        return NULL;
    }
    return input->feed ? feed_cursor(input->feed) : input->cursor;
}

static int write_out(struct follow *follow)
{
    int r = 0;

    if (follow->out.size) {
        r = follow->options->write(follow->options->data, follow->out.data, follow->out.size);
    }
    buf_clear(&follow->out);
    return r;
}

/* A full disk is no reason to be silent about it: what is told goes on, and may be told again by
 * the next run. */
static bool bookmark_works(struct follow *follow, int r, const struct error *error)
{
    if (r < 0 && !follow->unmarked) {
        say(follow, "%s: %s", error->path, error->text);
    }
    follow->unmarked = r < 0;
    return r >= 0;
}

/* The bookmark says that the report is out, so it is put in its place right behind it; all that
 * takes time is done before. */
static int tell(struct follow *follow, bool mark)
{
    const char *path = follow->options->cursor_file, *cursor = mark ? cursor_of(follow) : NULL;
    struct error error = { 0 };
    bool prepared =
        cursor &&
        bookmark_works(follow, cursor_file_prepare(path, cursor, follow->changes, &error), &error);
    int r = write_out(follow);

    if (r >= 0 && prepared) {
        (void)bookmark_works(follow, cursor_file_commit(path, &error), &error);
    }
    return r;
}

static void make_report(struct follow *follow)
{
    report_free(follow->report);
    follow->report = report_new();
    if (now_us() - follow->state_us >= STATE_US) {
        pipeline_refresh_host_state(follow->pipeline);
        follow->state_us = now_us();
    }
    pipeline_finish(follow->pipeline, follow->report);
    if (pipeline_n_forgotten(follow->pipeline) > follow->n_forgotten) {
        changes_lose_sight(follow->changes);
    }
    follow->n_forgotten = pipeline_n_forgotten(follow->pipeline);
}

static int report(struct follow *follow)
{
    const struct follow_options *options = follow->options;
    int64_t begun_us = now_us(), done_us;
    const struct change *found;
    size_t n;
    bool mark;

    make_report(follow);
    n = changes_find(follow->changes, follow->report, &found);
    for (size_t i = 0; i < n; i++) {
        options->renderer->render_change(follow->report, &found[i], &options->render, &follow->out);
    }
    done_us = now_us();
    mark = n > 0 || done_us >= follow->bookmark_us || follow->stop;
    if (mark) {
        follow->bookmark_us = done_us + BOOKMARK_US;
    }
    follow->unread = false;
    follow->report_us = done_us + (done_us - begun_us) * SHARE;
    if (follow->report_us < begun_us + PACE_US) {
        follow->report_us = begun_us + PACE_US;
    }
    return tell(follow, mark);
}

/* Halfway through what was there at the start, a consequence may still look like a cause. A pipe
 * need not have a start that ends. */
static bool is_due(const struct follow *follow)
{
    int64_t now = now_us();

    for (size_t i = 0; i < follow->inputs.n; i++) {
        const struct input *input = &follow->inputs.items[i];
        bool patient = !input->path || is_file(input->path) || now < follow->patient_us;

        if (!input->caught_up && patient) {
            return false;
        }
    }
    return follow->unread && now >= follow->report_us;
}

/* --- the world outside --- */

static void say_status(const struct follow *follow)
{
    const struct report *last = follow->report;

    say(follow, "%" PRIu64 " entries read since %s, %zu findings told, %zu of them open; %zu rules",
        last ? last->stats.entries : 0, follow->started, changes_n_reported(follow->changes),
        changes_n_open(follow->changes), follow->pipeline_options.rules->n);
}

static void close_inputs(struct follow *follow)
{
    for (size_t i = 0; i < follow->inputs.n; i++) {
        feed_free(follow->inputs.items[i].feed);
        follow->inputs.items[i].feed = NULL;
        free(follow->inputs.items[i].cursor);
        follow->inputs.items[i].cursor = NULL;
    }
}

static int start(struct follow *follow, struct error *reterr)
{
    int r = pipeline_new(&follow->pipeline_options, &follow->pipeline, reterr);

    follow->n_forgotten = 0;
    follow->state_us = now_us();
    follow->patient_us = now_us() + PATIENCE_US;
    return r < 0 ? r : open_inputs(follow, reterr);
}

/* What was found by the old rules cannot be judged by the new: all that can be read again is. */
static int reload(struct follow *follow, struct error *reterr)
{
    CLEANUP(rule_set_free_at) struct rule_set *rules = NULL;
    struct rule_set *old = follow->rules;
    struct error error = { 0 };
    int r = follow->options->load_rules(follow->options->data, &rules, &error);

    if (r < 0) {
        say(follow, "the rules stay as they were: %s:%u: %s", error.path, error.line, error.text);
        return 0;
    }
    drain(follow);
    r = report(follow);
    if (r < 0) {
        return r;
    }
    close_inputs(follow);
    report_free(follow->report);
    follow->report = NULL;
    pipeline_free(follow->pipeline);
    follow->pipeline = NULL;
    changes_lose_sight(follow->changes);
    follow->rules = TAKE(rules);
    follow->pipeline_options.rules = rule_set_rules(follow->rules);
    rule_set_free(old);
    r = start(follow, reterr);
    say(follow, "%zu rules are in force", follow->pipeline_options.rules->n);
    return r;
}

static int obey(struct follow *follow, struct error *reterr)
{
    int r = 0;

    while (r >= 0) {
        switch (follow->options->control(follow->options->data)) {
        case FOLLOW_RELOAD:
            r = reload(follow, reterr);
            break;
        case FOLLOW_STATUS:
            say_status(follow);
            break;
        case FOLLOW_STOP:
            follow->stop = true;
            return 0;
        case FOLLOW_GO_ON:
            return 0;
        }
    }
    return r;
}

/* --- the loop --- */

enum {
    POLL_CONTROL,
    POLL_OUTPUT,
    POLL_INPUTS
};

/* How long to sleep when no descriptor says anything. */
static int timeout_ms(const struct follow *follow)
{
    int64_t now = now_us(), until = now + TICK_MS * INT64_C(1000);

    for (size_t i = 0; i < follow->inputs.n; i++) {
        const struct input *input = &follow->inputs.items[i];

        if (input->more) {
            return 0;
        }
        if (input->feed && input->held && follow->settle_us < until) {
            until = follow->settle_us;
        }
    }
    if (follow->unread && follow->report_us < until) {
        until = follow->report_us;
    }
    return until > now ? (int)((until - now + 999) / 1000) : 0;
}

static int wait_for_more(struct follow *follow)
{
    vec_clear(&follow->polls);
    vec_push(&follow->polls, (struct pollfd){ follow->options->control_fd, POLLIN, 0 });
    vec_push(&follow->polls, (struct pollfd){ follow->options->output_fd, 0, 0 });
    for (size_t i = 0; i < follow->inputs.n; i++) {
        const struct input *input = &follow->inputs.items[i];
        int fd = input->feed ? feed_wait_fd(input->feed) : -1;

        vec_push(&follow->polls, (struct pollfd){ fd, POLLIN, 0 });
    }
    if (poll(follow->polls.items, follow->polls.n, timeout_ms(follow)) < 0 && errno != EINTR) {
        return -errno;
    }
    for (size_t i = 0; i < follow->inputs.n; i++) {
        if (follow->polls.items[POLL_INPUTS + i].revents && follow->inputs.items[i].feed) {
            feed_wake(follow->inputs.items[i].feed);
        }
    }
    follow->deaf = follow->polls.items[POLL_OUTPUT].revents & (POLLERR | POLLHUP);
    return 0;
}

static int turn(struct follow *follow, struct error *reterr)
{
    int r = wait_for_more(follow);

    if (r >= 0 && follow->deaf) {
        return -EPIPE;
    }
    if (r >= 0 && follow->polls.items[POLL_CONTROL].revents) {
        r = obey(follow, reterr);
    }
    if (r < 0) {
        return r;
    }
    read_inputs(follow);
    if (all_are_over(follow)) {
        follow->stop = true;
    }
    return is_due(follow) && !follow->stop ? report(follow) : 0;
}

static int finish(struct follow *follow)
{
    int r;

    drain(follow);
    r = report(follow);
    if (r < 0) {
        return r;
    }
    follow->options->renderer->render_summary(follow->report, &follow->options->render,
                                              &follow->out);
    r = write_out(follow);
    return r < 0 ? r : (int)follow->report->exit;
}

static int follow_all(struct follow *follow, struct error *reterr)
{
    int r = start(follow, reterr);

    while (r >= 0 && !follow->stop) {
        r = turn(follow, reterr);
    }
    return r < 0 ? r : finish(follow);
}

/* With a cursor: what was told stands in the file, and what its boot said before it is read again,
 * since causes may lie before their consequences. */
static int read_bookmark(struct follow *follow, struct error *reterr)
{
    int r = cursor_file_read(follow->options->cursor_file, follow->changes, &follow->start_cursor,
                             reterr);

    if (r < 0 || !follow->start_cursor) {
        return r;
    }
    follow->query.cursor = follow->start_cursor;
    follow->query.after_cursor = follow->query.with_context = true;
    return 0;
}

static void init(struct follow *follow, const struct follow_options *options)
{
    CLEANUP(buf_done_at) struct buf started = { 0 };

    *follow = (struct follow){
        .options = options,
        .pipeline_options = options->pipeline,
        .query = options->pipeline.query ? *options->pipeline.query : journal_query_empty(),
        .changes = changes_new(),
    };
    follow->pipeline_options.query = &follow->query;
    follow->pipeline_options.endless = true;
    for (size_t i = 0; i < options->n_paths; i++) {
        vec_push(&follow->inputs, (struct input){ .path = options->paths[i] });
    }
    calendar_add_rfc3339(&started, clock_us(CLOCK_REALTIME) / USEC_PER_SEC * USEC_PER_SEC, 0, true);
    (void)snprintf(follow->started, sizeof(follow->started), "%s", started.data);
}

static void done(struct follow *follow)
{
    close_inputs(follow);
    report_free(follow->report);
    pipeline_free(follow->pipeline);
    rule_set_free(follow->rules);
    changes_free(follow->changes);
    vec_free(&follow->inputs);
    vec_free(&follow->polls);
    buf_done(&follow->out);
    free(follow->start_cursor);
}

int follow_run(const struct follow_options *options, struct error *reterr)
{
    struct follow follow;
    int r = 0;

    init(&follow, options);
    if (options->cursor_file) {
        r = read_bookmark(&follow, reterr);
    }
    if (r >= 0) {
        r = follow_all(&follow, reterr);
    }
    done(&follow);
    /* Where nobody has said why, it was the output. */
    return r < 0 ? error_set(reterr, r, "following ended: %s", strerror(-r)) : r;
}

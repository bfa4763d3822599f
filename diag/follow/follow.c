/* The loop that follows logs while they grow; poll(2). */

#include "follow/follow.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "follow/followed.h"
#include "follow/remark.h"
#include "follow/reporting.h"
#include "source/journal_query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* After this time all inputs are read again, whether or not a descriptor is ready. */
static const int64_t TICK_US = USEC_PER_SEC;

enum {
    POLL_CONTROL,
    POLL_OUTPUT,
    POLL_INPUTS
};

struct follow {
    const struct follow_options *options;
    struct pipeline_options pipeline_options;
    struct journal_query query;
    char *start_cursor;     /* from the cursor file */
    struct rule_set *rules; /* NULL: those of the options */
    struct pipeline *pipeline;
    struct followed *followed;
    struct reporting *reporting;
    struct pollfd *polls;
    bool is_unreported; /* something was read since the last report */
    bool is_stopping;
};

static int start(struct follow *follow, struct error *reterr)
{
    follow->pipeline = pipeline_new(&follow->pipeline_options);
    return followed_open(follow->followed, follow->pipeline, reterr);
}

/* --- reports --- */

static int report(struct follow *follow)
{
    const char *cursor = follow->options->cursor_file ? followed_cursor(follow->followed) : NULL;

    follow->is_unreported = false;
    return reporting_report(follow->reporting, follow->pipeline, cursor, follow->is_stopping);
}

static bool is_due(const struct follow *follow)
{
    return follow->is_unreported && followed_have_caught_up(follow->followed) &&
           clock_monotonic_us() >= reporting_next_us(follow->reporting);
}

/* --- commands --- */

/* The new rules cannot judge what the old ones found: whatever can be read again is read again. */
static int restart(struct follow *follow, struct rule_set *rules, struct error *reterr)
{
    struct rule_set *old = follow->rules;
    int r;

    followed_close(follow->followed);
    reporting_restart(follow->reporting);
    pipeline_free(follow->pipeline);
    follow->pipeline = NULL;
    follow->rules = rules;
    follow->pipeline_options.rules = rule_set_rules(rules);
    rule_set_free(old);
    r = start(follow, reterr);
    remark(follow->options, "loaded %zu rules", follow->pipeline_options.rules->n);
    return r;
}

static int reload(struct follow *follow, struct error *reterr)
{
    struct rule_set *rules = NULL;
    struct error error = { 0 };
    int r = follow->options->load_rules(follow->options->data, &rules, &error);

    if (r < 0) {
        remark(follow->options, "keeping the current rules: %s:%u: %s", error.path, error.line,
               error.text);
        return 0;
    }
    followed_drain(follow->followed);
    r = report(follow);
    if (r < 0) {
        rule_set_free(rules);
        return r;
    }
    return restart(follow, rules, reterr);
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
            reporting_say_status(follow->reporting, follow->pipeline_options.rules->n);
            break;
        case FOLLOW_STOP:
            follow->is_stopping = true;
            return 0;
        case FOLLOW_GO_ON:
            return 0;
        }
    }
    return r;
}

/* --- the loop --- */

static int timeout_ms(const struct follow *follow)
{
    int64_t now_us = clock_monotonic_us();
    int64_t until_us = followed_next_us(follow->followed, now_us + TICK_US);

    if (follow->is_unreported && reporting_next_us(follow->reporting) < until_us) {
        until_us = reporting_next_us(follow->reporting);
    }
    return until_us > now_us ? (int)((until_us - now_us + 999) / 1000) : 0;
}

static int wait_for_more(struct follow *follow)
{
    struct pollfd *polls = follow->polls;

    polls[POLL_CONTROL] = (struct pollfd){ follow->options->control_fd, POLLIN, 0 };
    polls[POLL_OUTPUT] = (struct pollfd){ follow->options->output_fd, 0, 0 };
    followed_fill_polls(follow->followed, polls + POLL_INPUTS);
    if (poll(polls, POLL_INPUTS + follow->options->n_paths, timeout_ms(follow)) < 0 &&
        errno != EINTR) {
        return -errno;
    }
    followed_wake(follow->followed, polls + POLL_INPUTS);
    return polls[POLL_OUTPUT].revents & (POLLERR | POLLHUP) ? -EPIPE : 0;
}

static int turn(struct follow *follow, struct error *reterr)
{
    int r = wait_for_more(follow);

    if (r >= 0 && follow->polls[POLL_CONTROL].revents) {
        r = obey(follow, reterr);
    }
    if (r < 0) {
        return r;
    }
    follow->is_unreported |= followed_read(follow->followed);
    follow->is_stopping |= followed_have_ended(follow->followed);
    return is_due(follow) && !follow->is_stopping ? report(follow) : 0;
}

static int finish(struct follow *follow)
{
    int r;

    followed_drain(follow->followed);
    r = report(follow);
    return r < 0 ? r : reporting_finish(follow->reporting);
}

static int follow_all(struct follow *follow, struct error *reterr)
{
    int r = start(follow, reterr);

    while (r >= 0 && !follow->is_stopping) {
        r = turn(follow, reterr);
    }
    return r < 0 ? r : finish(follow);
}

/* After a cursor, what its boot logged before is read, too: causes may precede the cursor. */
static int resume(struct follow *follow, struct error *reterr)
{
    int r = reporting_resume(follow->reporting, &follow->start_cursor, reterr);

    if (r < 0 || !follow->start_cursor) {
        return r;
    }
    follow->query.cursor = follow->start_cursor;
    follow->query.after_cursor = follow->query.with_context = true;
    return 0;
}

static void init(struct follow *follow, const struct follow_options *options)
{
    *follow = (struct follow){
        .options = options,
        .pipeline_options = options->pipeline,
        .query = options->pipeline.query ? *options->pipeline.query : journal_query_empty(),
        .followed = followed_new(options),
        .reporting = reporting_new(options),
        .polls = alloc_zeroed(POLL_INPUTS + options->n_paths, sizeof(struct pollfd)),
    };
    follow->pipeline_options.query = &follow->query;
    follow->pipeline_options.endless = true;
}

static void done(struct follow *follow)
{
    followed_free(follow->followed);
    reporting_free(follow->reporting);
    pipeline_free(follow->pipeline);
    rule_set_free(follow->rules);
    free(follow->polls);
    free(follow->start_cursor);
}

int follow_run(const struct follow_options *options, struct error *reterr)
{
    struct follow follow;
    int r = 0;

    init(&follow, options);
    if (options->cursor_file) {
        r = resume(&follow, reterr);
    }
    if (r >= 0) {
        r = follow_all(&follow, reterr);
    }
    done(&follow);
    /* Without a sentence, it was the output. */
    return r < 0 ? error_set(reterr, r, "following stopped: %s", strerror(-r)) : r;
}

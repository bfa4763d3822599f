/* What changed since the last report, and the cursor file. */

#include "follow/reporting.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "follow/changes.h"
#include "follow/cursor_file.h"
#include "follow/remark.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
    SHARE = 10, /* reasoning takes at most this part of the time */
};

static const int64_t PACE_US = USEC_PER_SEC;             /* between two reports, at least */
static const int64_t CURSOR_FILE_US = 10 * USEC_PER_SEC; /* between two writes without changes */
static const int64_t STATE_US = 60 * USEC_PER_SEC;       /* between two reads of the host's state */

struct reporting {
    const struct follow_options *options;
    struct changes *changes;
    struct report *report; /* the last one; NULL: none yet */
    struct buf out;
    struct buf started;      /* when, as RFC 3339 */
    uint64_t n_forgotten;    /* by the pipeline, at the last report */
    bool cursor_file_failed; /* and the user knows */
    int64_t next_us;         /* no report before */
    int64_t cursor_file_us;  /* no cursor file before, without changes */
    int64_t state_us;        /* when the host's state was read */
};

struct reporting *reporting_new(const struct follow_options *options)
{
    struct reporting *reporting = ALLOC(struct reporting);
    int64_t now_us = clock_realtime_us();

    reporting->options = options;
    reporting->changes = changes_new();
    reporting->state_us = clock_monotonic_us();
    calendar_add_rfc3339(&reporting->started, now_us / USEC_PER_SEC * USEC_PER_SEC, 0, true);
    return reporting;
}

void reporting_free(struct reporting *reporting)
{
    if (!reporting) {
        return;
    }
    report_free(reporting->report);
    changes_free(reporting->changes);
    buf_done(&reporting->out);
    buf_done(&reporting->started);
    free(reporting);
}

int reporting_resume(struct reporting *reporting, char **ret_cursor, struct error *reterr)
{
    return cursor_file_read(reporting->options->cursor_file, reporting->changes, ret_cursor,
                            reterr);
}

void reporting_restart(struct reporting *reporting)
{
    report_free(reporting->report);
    reporting->report = NULL;
    reporting->n_forgotten = 0;
    reporting->state_us = clock_monotonic_us();
    changes_lose_sight(reporting->changes);
}

/* --- writing --- */

static int write_out(struct reporting *reporting)
{
    const struct follow_options *options = reporting->options;
    int r = 0;

    if (reporting->out.size) {
        r = options->write(options->data, reporting->out.data, reporting->out.size);
    }
    buf_clear(&reporting->out);
    return r;
}

/* With a full disk reports continue; the next run may repeat them. The first failure is remarked. */
static bool check_cursor_file(struct reporting *reporting, int r, const struct error *error)
{
    if (r < 0 && !reporting->cursor_file_failed) {
        remark(reporting->options, "%s: %s", error->path, error->text);
    }
    reporting->cursor_file_failed = r < 0;
    return r >= 0;
}

static bool prepare_cursor_file(struct reporting *reporting, const char *cursor)
{
    struct error error = { 0 };
    int r =
        cursor_file_prepare(reporting->options->cursor_file, cursor, reporting->changes, &error);

    return check_cursor_file(reporting, r, &error);
}

static void commit_cursor_file(struct reporting *reporting)
{
    struct error error = { 0 };
    int r = cursor_file_commit(reporting->options->cursor_file, &error);

    (void)check_cursor_file(reporting, r, &error);
}

/* The cursor file means that the report is out, so it is renamed right after; everything that takes
 * time happens before. `cursor` may be NULL: no cursor file. */
static int write_report(struct reporting *reporting, const char *cursor)
{
    bool is_prepared = cursor && prepare_cursor_file(reporting, cursor);
    int r = write_out(reporting);

    if (r >= 0 && is_prepared) {
        commit_cursor_file(reporting);
    }
    return r;
}

/* --- one report --- */

static void make_report(struct reporting *reporting, struct pipeline *pipeline)
{
    uint64_t n_forgotten = pipeline_n_forgotten(pipeline);
    int64_t now_us = clock_monotonic_us();

    report_free(reporting->report);
    reporting->report = report_new();
    if (now_us - reporting->state_us >= STATE_US) {
        pipeline_refresh_host_state(pipeline);
        reporting->state_us = now_us;
    }
    pipeline_finish(pipeline, reporting->report);
    if (n_forgotten > reporting->n_forgotten) {
        changes_lose_sight(reporting->changes);
    }
    reporting->n_forgotten = n_forgotten;
}

static size_t render_changes(struct reporting *reporting)
{
    const struct follow_options *options = reporting->options;
    const struct change *changes;
    size_t n = changes_find(reporting->changes, reporting->report, &changes);

    for (size_t i = 0; i < n; i++) {
        options->renderer->render_change(reporting->report, &changes[i], &options->render,
                                         &reporting->out);
    }
    return n;
}

static void set_pace(struct reporting *reporting, int64_t begun_us, int64_t done_us)
{
    reporting->next_us = done_us + (done_us - begun_us) * SHARE;
    if (reporting->next_us < begun_us + PACE_US) {
        reporting->next_us = begun_us + PACE_US;
    }
}

int reporting_report(struct reporting *reporting, struct pipeline *pipeline, const char *cursor,
                     bool is_last)
{
    int64_t begun_us = clock_monotonic_us(), done_us;
    size_t n;

    make_report(reporting, pipeline);
    n = render_changes(reporting);
    done_us = clock_monotonic_us();
    set_pace(reporting, begun_us, done_us);
    if (n == 0 && done_us < reporting->cursor_file_us && !is_last) {
        return write_report(reporting, /* cursor= */ NULL);
    }
    reporting->cursor_file_us = done_us + CURSOR_FILE_US;
    return write_report(reporting, cursor);
}

int reporting_finish(struct reporting *reporting)
{
    const struct follow_options *options = reporting->options;
    int r;

    options->renderer->render_summary(reporting->report, &options->render, &reporting->out);
    r = write_out(reporting);
    return r < 0 ? r : (int)reporting->report->exit;
}

int64_t reporting_next_us(const struct reporting *reporting)
{
    return reporting->next_us;
}

void reporting_say_status(const struct reporting *reporting, size_t n_rules)
{
    const struct report *report = reporting->report;

    remark(reporting->options,
           "%" PRIu64 " entries read since %s, %zu findings reported, %zu open; %zu rules",
           report ? report->stats.entries : 0, reporting->started.data,
           changes_n_reported(reporting->changes), changes_n_open(reporting->changes), n_rules);
}

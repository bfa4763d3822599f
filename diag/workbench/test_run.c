/* The test of a rule, through the whole pipeline. */

#include "workbench/test_run.h"

#include "pipeline.h"

#include <errno.h>

static int add_states(const struct rule_test *test, struct pipeline *pipeline, struct error *reterr)
{
    for (size_t i = 0; i < test->n_state; i++) {
        CLEANUP(buf_done_at) struct buf kind = { 0 };

        buf_add(&kind, test->state[i].name);
        if (!pipeline_read_state(pipeline, kind.data, test->state[i].value)) {
            return error_set(reterr, -EINVAL, "unknown state table %s", kind.data);
        }
    }
    return 0;
}

int test_run_report(const struct test_run *run, struct report *report, struct error *reterr)
{
    struct pipeline_options options = { .rules = run->rules,
                                        .format = run->format,
                                        .fail_on = RULE_ERROR };
    CLEANUP(pipeline_free_at) struct pipeline *pipeline = pipeline_new(&options);
    struct span input = span_empty(run->input) ? run->test->input : run->input;
    int r;

    if (!span_empty(input)) {
        pipeline_read_text(pipeline, /* name= */ NULL, input);
    }
    r = add_states(run->test, pipeline, reterr);
    if (r < 0) {
        return r;
    }
    if (run->look) {
        run->look(run->data, pipeline_signals(pipeline));
    }
    pipeline_finish(pipeline, report);
    return 0;
}

bool test_finds(const struct report *report, const char *id)
{
    for (size_t i = 0; i < report->n_nodes; i++) {
        for (size_t k = 0; k < report->nodes[i].n_findings; k++) {
            if (strcmp(report->nodes[i].findings[k].rule->id, id) == 0) {
                return true;
            }
        }
    }
    return false;
}

static bool names(const char *const *ids, const char *id)
{
    for (; ids && *ids; ids++) {
        if (strcmp(*ids, id) == 0) {
            return true;
        }
    }
    return false;
}

bool test_expects(const struct rule_test *test, const char *id)
{
    for (size_t i = 0; i < test->n_expect; i++) {
        if (span_is(test->expect[i].name, "root") && span_is(test->expect[i].value, id)) {
            return true;
        }
    }
    return names(test->expect_findings, id) || names(test->folds, id);
}

/* reference PATH...: a JSON report on each of these inputs by itself, with a NUL byte after it, made without
 * anything that is there to be fast: each record is decoded, each signal tried, and the built-in
 * rules are read from their YAML. */

#include "nodecause.h"

#include "finding/report.h"
#include "pipeline.h"
#include "render/render.h"
#include "rule/load.h"

#include <stdio.h>

static int fail(const struct error *error)
{
    (void)fprintf(stderr, "reference: %s\n", error->text);
    return 2;
}

static int print_report(const struct pipeline_options *options, const char *path)
{
    CLEANUP(pipeline_free_at) struct pipeline *pipeline = pipeline_new(options);
    CLEANUP(report_free_at) struct report *report = report_new();
    CLEANUP(buf_done_at) struct buf text = { 0 };

    pipeline_read_path(pipeline, path);
    pipeline_finish(pipeline, report);
    renderer_find(SPAN("json"))
        ->render(report, &(struct render_options){ .version = diag_version() }, &text);
    buf_add_byte(&text, '\0');
    return fwrite(text.data, 1, text.size, stdout) == text.size ? 0 : 2;
}

int main(int argc, char **argv)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    struct pipeline_options options = { .fail_on = RULE_ERROR, .reference = true };
    struct error error = { 0 };
    int r = 0;

    if (rule_set_add_builtin_texts(set, &error) < 0 || rule_set_finish(set, &error) < 0) {
        return fail(&error);
    }
    options.rules = rule_set_rules(set);
    for (int i = 1; r == 0 && i < argc; i++) {
        r = print_report(&options, argv[i]);
    }
    return r;
}

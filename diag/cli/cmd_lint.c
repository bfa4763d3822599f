/* nodecause lint FILE|DIR...: what is allowed in a rule but does not do what its author wants. */

#include "cli/command.h"
#include "cli/complain.h"
#include "cli/rules_of.h"
#include "cli/terminal.h"
#include "finding/report.h"
#include "rule/lint.h"

#include <stdio.h>

static int lint(const struct options *options)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;
    struct lint_issues issues;

    if (rules_of_paths(options, &set) < 0)
        return EXIT_USAGE;
    issues = lint_rules(rule_set_rules(set), arena);
    for (size_t i = 0; i < issues.n; i++) {
        const struct lint_issue *issue = &issues.items[i];

        printf("%s:%u:%u: %s: %s\n", issue->place.path, issue->place.line, issue->place.column,
               issue->code, issue->text);
    }
    return issues.n > 0;
}

static int run(int argc, char **argv)
{
    CLEANUP(options_done) struct options options;
    struct error error = { 0 };
    int code;

    if (options_parse(argc, argv, TIME_UNKNOWN, &options, &error) < 0) {
        complain_about(&error);
        return EXIT_USAGE;
    }
    if (options.paths.n == 0) {
        complain("lint which rules? Name files or directories");
        return EXIT_USAGE;
    }
    code = lint(&options);
    return terminal_finish(0) < 0 ? EXIT_USAGE : code;
}

const struct command command_lint = {
    .name = "lint",
    .summary = "checks rule files for what the loader cannot refuse",
    .usage = "lint FILE|DIR...",
    .run = run,
};

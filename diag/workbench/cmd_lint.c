/* nodecause lint [FILE|DIR...]: everything that is wrong with rules and layouts, and what is allowed but will
 * not work as intended.
 *
 *   rules/node/x.yaml:7:14: error: a signal has no key 'pattren', did you mean 'pattern'?
 *       pattren: 'out of memory'
 *       ^
 *   rules/node/y.yaml:12:12: unknown-name: unknown fact 'devise', did you mean 'device'?
 */

#include "base/json.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/output_option.h"
#include "finding/report.h"
#include "workbench/checked_layouts.h"
#include "workbench/checked_rules.h"
#include "workbench/lint_expectations.h"
#include "workbench/lint_lasts.h"
#include "workbench/lint_layouts.h"
#include "workbench/lint_list.h"
#include "workbench/lint_remedies.h"
#include "workbench/lint_states.h"
#include "workbench/lint_streams.h"
#include "workbench/lint_tests.h"
#include "workbench/lint_texts.h"

#include <stdio.h>
#include <stdlib.h>

struct lint_settings {
    struct rule_options rules;
    const char *output;
};

static const struct option_group groups[] = {
    { "Rules", rule_options, offsetof(struct lint_settings, rules) },
    { "Output", text_or_json_options, offsetof(struct lint_settings, output) },
    { 0 },
};

struct lint {
    struct lint_list list;
    VEC(struct error) errors;
    size_t n_rules, n_layouts; /* looked at */
};

static void add_error(void *data, const struct error *error)
{
    struct lint *lint = data;

    vec_push(&lint->errors, *error);
}

/* ---- checks ---- */

static void add_disabled(struct lint *lint, const struct rules *rules)
{
    for (size_t i = 0; i < rules->n_disabled; i++) {
        const struct disabled_rule *rule = &rules->disabled[i];

        if (rule->idle) {
            vec_push(&lint->list.issues,
                     (struct lint_issue){ "disables-nothing", rule->id, rule->place,
                                          "no rule has this id; disabled: true has no effect" });
        }
    }
}

static int by_place(const void *a, const void *b)
{
    const struct lint_issue *one = a, *other = b;
    int order = strcmp(one->place.path, other->place.path);

    if (order == 0) {
        order = (one->place.line > other->place.line) - (one->place.line < other->place.line);
    }
    if (order == 0) {
        order =
            (one->place.column > other->place.column) - (one->place.column < other->place.column);
    }
    return order ? order : strcmp(one->code, other->code);
}

static void check_layouts(struct lint *lint, const struct checked_layouts *layouts,
                          const struct streams *streams)
{
    const struct layouts all = layout_set_layouts(layouts->all.set);

    for (size_t i = 0; i < layouts->all.skipped.n; i++) {
        vec_push(&lint->errors, layouts->all.skipped.items[i]);
    }
    for (size_t i = 0; i < layouts->items.n; i++) {
        lint_layout(&lint->list, layouts->items.items[i], &all, streams);
    }
    lint->n_layouts = layouts->items.n;
}

static void check(struct lint *lint, const struct rule_set *set,
                  const struct checked_layouts *layouts)
{
    const struct rules *rules = rule_set_rules(set);
    struct lint_issues found = lint_rules(rules, lint->list.arena);

    for (size_t i = 0; i < found.n; i++) {
        vec_push(&lint->list.issues, found.items[i]);
    }
    for (size_t i = 0; i < rules->n; i++) {
        if (!rules->items[i].checked) {
            continue;
        }
        lint->n_rules++;
        lint_texts(&lint->list, &rules->items[i], &rules->streams);
        lint_expectations(&lint->list, &rules->items[i], rules);
        lint_remedies(&lint->list, &rules->items[i], &rules->streams);
        lint_states(&lint->list, &rules->items[i]);
        lint_lasts(&lint->list, &rules->items[i], &rules->streams);
    }
    lint_tests(&lint->list, rules);
    lint_streams(&lint->list, &rules->streams, rule_set_stream_trees(set));
    add_disabled(lint, rules);
    check_layouts(lint, layouts, &rules->streams);
    if (lint->list.issues.n) {
        qsort(lint->list.issues.items, lint->list.issues.n, sizeof(struct lint_issue), by_place);
    }
}

/* ---- as text ---- */

static void print_excerpt(struct span line, unsigned column)
{
    if (line.size && column) {
        printf("    %.*s\n    %*s\n", (int)line.size, line.data, (int)column, "^");
    }
}

static struct span line_of(const struct rules *rules, const struct lint_issue *issue)
{
    int64_t rule = rules_find(rules, span_of(issue->rule));
    struct span rest = { 0 }, line = { 0 };

    if (rule >= 0) {
        rest = rules->items[rule].tree->file->text;
    }
    for (unsigned i = 0; i < issue->place.line; i++) {
        if (!span_cut(&rest, '\n', &line)) {
            return (struct span){ 0 };
        }
    }
    return line;
}

static void print_error(const struct error *error)
{
    printf("%s", error->path);
    if (error->line) {
        printf(":%u:%u", error->line, error->column);
    }
    printf("%serror: %s\n", error->path[0] ? ": " : "", error->text);
    print_excerpt(span_of(error->excerpt), error->column);
}

static void print_text(const struct lint *lint, const struct rules *rules)
{
    for (size_t i = 0; i < lint->errors.n; i++) {
        print_error(&lint->errors.items[i]);
    }
    for (size_t i = 0; i < lint->list.issues.n; i++) {
        const struct lint_issue *issue = &lint->list.issues.items[i];

        printf("%s:%u:%u: %s: %s\n", issue->place.path, issue->place.line, issue->place.column,
               issue->code, issue->text);
        print_excerpt(line_of(rules, issue), issue->place.column);
    }
    printf("rules: %zu, ", lint->n_rules);
    if (lint->n_layouts) {
        printf("layouts: %zu, ", lint->n_layouts);
    }
    printf("errors: %zu, findings: %zu\n", lint->errors.n, lint->list.issues.n);
}

/* ---- as JSON ---- */

static json_t *issue_json(const char *code, const char *rule, const char *path, unsigned line,
                          unsigned column, const char *text)
{
    return json_pack("{ss ss* ss si si ss}", "code", code, "rule", rule, "path", path, "line",
                     (int)line, "column", (int)column, "text", text);
}

static void print_json(const struct lint *lint)
{
    CLEANUP(json_free_at) json_t *root = json_object();
    json_t *errors = json_array(), *issues = json_array();

    for (size_t i = 0; i < lint->errors.n; i++) {
        const struct error *error = &lint->errors.items[i];

        (void)json_array_append_new(errors, issue_json("error", NULL, error->path, error->line,
                                                       error->column, error->text));
    }
    for (size_t i = 0; i < lint->list.issues.n; i++) {
        const struct lint_issue *issue = &lint->list.issues.items[i];

        (void)json_array_append_new(issues, issue_json(issue->code, issue->rule, issue->place.path,
                                                       issue->place.line, issue->place.column,
                                                       issue->text));
    }
    (void)json_object_set_new(root, "schema_version", json_integer(1));
    (void)json_object_set_new(root, "rules", json_integer((json_int_t)lint->n_rules));
    (void)json_object_set_new(root, "layouts", json_integer((json_int_t)lint->n_layouts));
    (void)json_object_set_new(root, "errors", errors);
    (void)json_object_set_new(root, "findings", issues);
    (void)json_dumpf(root, stdout, JSON_INDENT(2));
    (void)fputc('\n', stdout);
}

/* ---- the command ---- */

static int check_words(const struct lint_settings *settings, const struct words *words,
                       struct checked_layouts *layouts, struct lint *lint)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    struct error error = { 0 };

    rule_set_on_error(set, add_error, lint);
    if (checked_rules_add(&settings->rules, words, set, &error) < 0 ||
        checked_layouts_load(&settings->rules, words, layouts, &error) < 0 ||
        rule_set_finish(set, &error) < 0) {
        message_print_error(&error);
        return EXIT_USAGE;
    }
    check(lint, set, layouts);
    if (strcmp(settings->output, "json") == 0) {
        print_json(lint);
    } else {
        print_text(lint, rule_set_rules(set));
    }
    if (lint->errors.n) {
        return EXIT_USAGE;
    }
    return lint->list.issues.n > 0;
}

static int run(const void *settings, const struct words *words)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct lint lint = { .list = { .arena = arena } };
    struct checked_layouts layouts = { 0 };
    int code = check_words(settings, words, &layouts, &lint);

    checked_layouts_done(&layouts);
    vec_free(&lint.list.issues);
    vec_free(&lint.errors);
    return code;
}

const struct command command_lint = {
    .name = "lint",
    .arguments = "FILE|DIR...",
    .summary = "checks rule files and layouts",
    .description =
        "Checks rule files and layouts: errors, and what is allowed but will not work as intended.",
    .groups = groups,
    .settings_size = sizeof(struct lint_settings),
    .defaults = &(const struct lint_settings){ .output = "text" },
    .run = run,
};

/* nodecause rules list|show RULE|schema: which rules there are, one of them as it was written, and
 * the JSON Schema of rule files for editors (rules/schema/rule.schema.json is its output). */

#include "base/json.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/rules_of.h"
#include "cli/work.h"
#include "finding/report.h"
#include "rule/builtin.h"
#include "rule/schema.h"

#include <stdio.h>

static void list_text(const struct rules *rules)
{
    for (size_t i = 0; i < rules->n; i++) {
        printf("%-36s %-9s %s\n", rules->items[i].id, rule_severity_name(rules->items[i].severity),
               rules->items[i].title);
    }
}

static void list_json(const struct rules *rules)
{
    CLEANUP(json_free_at) json_t *items = json_array();

    for (size_t i = 0; i < rules->n; i++) {
        const struct rule *rule = &rules->items[i];

        (void)json_array_append_new(items, json_pack("{ss ss ss ss}", "id", rule->id, "severity",
                                                     rule_severity_name(rule->severity), "title",
                                                     rule->title, "origin", rule->origin));
    }
    (void)json_dumpf(items, stdout, JSON_INDENT(2));
    (void)fputc('\n', stdout);
}

static int list(const struct options *options, const struct rules *rules)
{
    if (strcmp(options->output, "json") == 0) {
        list_json(rules);
    } else {
        list_text(rules);
    }
    return 0;
}

/* The file as it was written, when it is one of ours. */
static bool print_builtin(const char *path)
{
    for (const struct builtin_rule *rule = builtin_rules; rule->path; rule++) {
        if (strcmp(rule->path, path) == 0) {
            (void)fputs(rule->yaml, stdout);
            return true;
        }
    }
    return false;
}

static bool print_file(const char *path)
{
    char buffer[4096];
    FILE *file = fopen(path, "re");
    size_t n;

    if (!file) {
        return false;
    }
    while ((n = fread(buffer, 1, sizeof(buffer), file)) > 0) {
        (void)fwrite(buffer, 1, n, stdout);
    }
    (void)fclose(file);
    return true;
}

static int show(const struct rules *rules, const char *id)
{
    int64_t index = rules_find(rules, span_of(id));
    const char *path;

    if (index < 0) {
        message_print("no rule is called '%s'; see nodecause rules list", id);
        return EXIT_USAGE;
    }
    path = rules->items[index].place.path;
    if (print_builtin(path) || print_file(path)) {
        return 0;
    }
    message_print("cannot read %s", path);
    return EXIT_USAGE;
}

/* Indented, so that a change of it can be read. */
static int schema(void)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    CLEANUP(json_free_at) json_t *json = NULL;

    rule_schema_json(&text);
    if (json_read(buf_span(&text), &json) < 0) {
        return EXIT_USAGE;
    }
    (void)json_dumpf(json, stdout, JSON_INDENT(2));
    (void)fputc('\n', stdout);
    return 0;
}

static bool is_words(const string_list *words, const char *first, size_t n)
{
    return words->n == n && strcmp(words->items[0], first) == 0;
}

static int dispatch(const struct options *options)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;
    const string_list *words = &options->paths;

    if (is_words(words, "schema", 1)) {
        return schema();
    }
    if (!is_words(words, "list", 1) && !is_words(words, "show", 2)) {
        message_print("rules list, rules show RULE, or rules schema");
        return EXIT_USAGE;
    }
    if (rules_of_options(options, &set) < 0) {
        return EXIT_USAGE;
    }
    return words->n == 1 ? list(options, rule_set_rules(set))
                         : show(rule_set_rules(set), words->items[1]);
}

static int run(int argc, char **argv)
{
    return work_with_options(argc, argv, TIME_UNKNOWN, dispatch);
}

const struct command command_rules = {
    .name = "rules",
    .summary = "lists the rules, shows one, or their schema",
    .usage = "rules list|show RULE|schema",
    .run = run,
};

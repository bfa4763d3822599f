/* nodecause rules list|show RULE|remedies|schema [layout]: the list of rules, the file of one, the
 * commands that change something (docs/remedies.md), and the JSON Schemas of rule files and layouts
 * for editors (rules/schema/ holds its output). */

#include "base/json.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/output_option.h"
#include "cli/remedy_table.h"
#include "cli/rule_options.h"
#include "finding/report.h"
#include "rule/builtin.h"
#include "rule/schema_json.h"

#include <stdio.h>

struct rules_command {
    struct rule_options rules;
    const char *output;
};

static const struct option_group groups[] = {
    { "Rules", rule_options, offsetof(struct rules_command, rules) },
    { "Output", text_or_json_options, offsetof(struct rules_command, output) },
    { 0 },
};

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
        message_print("unknown rule '%s'; nodecause rules list lists the rules", id);
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
static int schema(void (*add)(struct buf *buf))
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    CLEANUP(json_free_at) json_t *json = NULL;

    add(&text);
    if (json_read(buf_span(&text), &json) < 0) {
        return EXIT_USAGE;
    }
    (void)json_dumpf(json, stdout, JSON_INDENT(2));
    (void)fputc('\n', stdout);
    return 0;
}

static bool are_words(const struct words *words, const char *first, size_t n)
{
    return words->n == n && strcmp(words->items[0], first) == 0;
}

static int run(const void *settings, const struct words *words)
{
    const struct rules_command *command = settings;
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;

    if (are_words(words, "schema", 1)) {
        return schema(schema_json);
    }
    if (are_words(words, "schema", 2) && strcmp(words->items[1], "layout") == 0) {
        return schema(schema_json_layout);
    }
    if (!are_words(words, "list", 1) && !are_words(words, "show", 2) &&
        !are_words(words, "remedies", 1)) {
        return message_usage(
            "rules", "use rules list, rules show RULE, rules remedies or rules schema [layout]");
    }
    if (rule_options_load(&command->rules, &set) < 0) {
        return EXIT_USAGE;
    }
    if (words->n == 2) {
        return show(rule_set_rules(set), words->items[1]);
    }
    if (are_words(words, "remedies", 1)) {
        remedy_table_print(rule_set_rules(set));
    } else if (strcmp(command->output, "json") == 0) {
        list_json(rule_set_rules(set));
    } else {
        list_text(rule_set_rules(set));
    }
    return 0;
}

const struct command command_rules = {
    .name = "rules",
    .arguments = "list|show RULE|remedies|schema [layout]",
    .summary = "lists the rules, prints one, their commands, or their schema",
    .description = "Lists the rules, prints the file of one, a table of all commands that change "
                   "something, or the JSON Schema of rule files or layouts.",
    .groups = groups,
    .settings_size = sizeof(struct rules_command),
    .defaults = &(const struct rules_command){ .output = "text" },
    .run = run,
};
